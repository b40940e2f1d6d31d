import { dirname, resolve } from 'node:path';
import { asArguments, open, unthrottled } from './parameters.ts';
import { run, type Server } from './server.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * Starts the twin as its users do, except that it keeps its items in `data` instead of the checkout, and has the highest
 * throttling limits.
 */
export const npmStart = (data: string): Promise<Server> =>
  serve('npm', ['start', '--', '--port', '0', '--data', data, ...asArguments(unthrottled)]);

/** Starts the twin without npm. */
export const itemsLocal = (...parameters: readonly string[]): Promise<Server> =>
  serve(process.execPath, [
    'bin/items.mjs',
    'local',
    ...['--template', 'template.yaml', '--port', '0', ...asArguments(open)],
    ...parameters,
  ]);

const serve = async (program: string, args: readonly string[]): Promise<Server> => {
  const PATH = `${dirname(process.execPath)}:${process.env.PATH}`;
  const { pid, line, stop } = run(program, args, { folder: root, variables: { ...process.env, PATH } });
  try {
    const lines = await Promise.all([line(/^(http\S+) {2}stage /), line(/^ {2}Console +(\S+)$/)]);
    const [url = '', console = ''] = lines.map(([, found]) => found);
    return { url, console, pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
