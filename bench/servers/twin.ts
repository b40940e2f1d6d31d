import { dirname, resolve } from 'node:path';
import { run, type Server } from './server.ts';

const folder = resolve(import.meta.dirname, '../..');
const parameters = ['--port', '0', '--memory'];

/** The twin as its users start it. */
export const npmStart = (): Promise<Server> => serve('npm', ['start', '--', ...parameters]);

/** The twin without npm in front. */
export const itemsLocal = (...more: readonly string[]): Promise<Server> =>
  serve(process.execPath, [
    'src/cli/items.ts',
    'local',
    ...['--template', 'template.yaml', '--parameter', 'AuthorizationType=NONE'],
    ...(more.length ? more : parameters),
  ]);

const serve = async (program: string, args: readonly string[]): Promise<Server> => {
  const PATH = `${dirname(process.execPath)}:${process.env.PATH}`;
  const { pid, line, stop } = run(program, args, { folder, variables: { ...process.env, PATH } });
  try {
    const [, url = ''] = await line(/^ApiInvokeUrl +(\S+)/);
    return { url, pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
