import { once } from 'node:events';
import { located } from '../../cloudformation/template/located.ts';
import { type Stack, type StartOptions, start } from '../../twin/index.ts';
import type { TemplateSource } from '../dev/template-source.ts';
import { interruption } from '../interruption.ts';
import { prepareSeeding, type Seeding } from '../seeding.ts';
import { writeTwinFile } from '../show/twin-file.ts';
import { readTemplate } from '../template-file.ts';
import { jsonReporter } from './json-reporter.ts';
import { dataText, keepsData, type Options, startOptions } from './options.ts';
import { type Reporter, warnOfCode } from './reporter.ts';
import { textReporter } from './text-reporter.ts';

/** Runs `items local`. Resolves when it has been interrupted and the stack is deleted, whatever state it was in. */
export const runLocal = async (options: Options): Promise<void> => {
  const signal = interruption();
  const reporter = options.log === 'json' ? jsonReporter() : textReporter(options);
  const text = await readTemplate(options.template);
  const seeding = options.seed === undefined ? undefined : await prepareSeeding(options.seed, reporter);
  const source = await startSource(options, text, reporter);
  try {
    const stack = await startStack(text, options, { signal, reporter, seeding, source });
    if (stack !== undefined) await serve(stack, text, options, { signal, reporter, seeding, source });
  } finally {
    source?.stop();
  }
};

interface Run {
  readonly signal: AbortSignal;
  readonly reporter: Reporter;
  readonly seeding: Seeding | undefined;
  readonly source: TemplateSource | undefined;
}

/** Returns undefined if it was interrupted. */
const startStack = async (text: string, options: Options, run: Run): Promise<Stack | undefined> => {
  const { signal, reporter, seeding, source } = run;
  try {
    return await start(text, {
      ...startOptions(options),
      ...inspectOption(options, source),
      signal,
      onRequest: (record) => {
        if (!seeding?.sends(record)) reporter.request(record);
      },
      onLog: reporter.log,
      onError: reporter.error,
      onWait: reporter.waiting,
    });
  } catch (error) {
    if (error === signal.reason) return undefined;
    throw located(error, text);
  }
};

const serve = async (stack: Stack, text: string, options: Options, run: Run): Promise<void> => {
  const { signal, reporter, seeding, source } = run;
  await seeding?.check(stack);
  const page = await openPage(stack, options, reporter);
  const removeTwinFile = keepsData(options) ? writeTwinFile(options.data, stack.dynamoDb('read')) : undefined;
  try {
    reporter.ready(stack, {
      page: page?.docs,
      console: page?.console,
      data: dataText(options),
      ...(options.exposeDynamodb && { dynamoDb: stack.dynamoDb('full') }),
    });
    void warnOfCode(stack, reporter);
    const seeded = seeding?.run(stack, signal);
    const stopWatching = options.watch && source && (await watching(stack, source, text, reporter));
    if (!signal.aborted) await once(signal, 'abort');
    stopWatching?.();
    await seeded;
  } finally {
    removeTwinFile?.();
    await Promise.all([page?.stop(), stack.stop()]);
  }
};

/** Starts the page. If that fails, the error is reported, and the API runs without its page. */
const openPage = async (stack: Stack, { port }: Options, reporter: Reporter) => {
  const { startPage } = await import('../../page/index.ts');
  // The port after that of the API. Any free one if the API's port is 0 or 65535.
  const pagePort = port === 0 || port === 65_535 ? 0 : port + 1;
  return startPage(stack, { port: pagePort, onError: reporter.error }).catch((error: unknown) => {
    reporter.error(error);
    return undefined;
  });
};

/** Starts the template's source if it is needed: to watch it, or for source maps when debugging. */
const startSource = async (
  { template, watch, inspect }: Options,
  text: string,
  reporter: Reporter,
): Promise<TemplateSource | undefined> => {
  const withSourceMaps = inspect !== undefined;
  if (!watch && !withSourceMaps) return undefined;
  const { sourceOf } = await import('../dev/template-source.ts');
  const source = sourceOf(template, text, { withSourceMaps });
  // A function without a source map also runs. A debugger then shows its code as it is in the template.
  if (withSourceMaps) await source.loadSourceMaps().catch(({ message }: Error) => reporter.warning(message));
  return source;
};

const inspectOption = ({ inspect: first }: Options, source: TemplateSource | undefined): Pick<StartOptions, 'inspect'> =>
  first === undefined ? {} : { inspect: { port: first, ...(source && { sourceMapOf: source.sourceMapOf }) } };

const watching = async (stack: Stack, source: TemplateSource, text: string, reporter: Reporter): Promise<() => void> => {
  const { reloadOnChange } = await import('../dev/reload.ts');
  const stop = reloadOnChange(stack, source, text, reporter);
  reporter.note('watching: each saved change is served');
  return stop;
};
