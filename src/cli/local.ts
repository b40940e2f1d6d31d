import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { LocalError } from '../local/errors.ts';
import { type Stack, type StartOptions, start } from '../local/index.ts';
import type { Page } from '../page/index.ts';
import { parameter, region } from './arguments.ts';
import { curlLine } from './curl.ts';
import type { TemplateSource } from './dev/template-source.ts';
import { interruption } from './interruption.ts';
import { isWarning } from './is-warning.ts';
import { inspectorLines, outputLines } from './output-lines.ts';
import { requestLine } from './request-line.ts';

interface Options {
  readonly template: string;
  readonly port: number;
  readonly parameter?: Readonly<Record<string, string>>;
  readonly data: string;
  readonly memory?: true;
  readonly dynamodbEndpoint?: string;
  readonly jwks?: string;
  readonly python?: string;
  readonly region: string;
  readonly verbose?: true;
  readonly watch?: true;
  readonly inspect?: number;
}

/** The one that debuggers of Node.js try by themselves. */
const defaultInspectorPort = 9229;

/** `items local`: runs a template on this machine until it is interrupted. */
export const localCommand = (): Command =>
  new Command('local')
    .description('Runs the REST API of a CloudFormation template on this machine, until Ctrl-C deletes the stack again.')
    .option('--template <file>', 'the template, YAML or JSON', 'template.yaml')
    .option('--port <number>', 'port to serve on, 0 for a free one', port, 3000)
    .option(
      '--parameter <Key=Value>',
      "value of one of the template's parameters; repeatable, the last of a key wins",
      parameter,
    )
    .option('--data <folder>', 'folder that keeps the tables from one start to the next', '.items/data')
    .addOption(new Option('--memory', 'keep the tables in memory only').conflicts(['data', 'dynamodbEndpoint']))
    .addOption(
      new Option(
        '--dynamodb-endpoint <url>',
        'DynamoDB endpoint to use, such as DynamoDB Local, instead of the built-in one',
      ).conflicts('data'),
    )
    .option('--python <program>', 'Python 3.9 or later, for functions in Python (default: python3)')
    .option('--jwks <file or url>', 'JSON Web Key Set to verify tokens of Cognito user pools with')
    .option('--region <name>', 'AWS region that the stack believes to be in', region, 'us-east-1')
    .option('--watch', 'serve each change of the template, or of the sources that it is generated from')
    .addOption(
      new Option('--inspect [port]', 'open functions to debuggers, on this port and the next ones')
        .argParser(port)
        .preset(defaultInspectorPort),
    )
    .option('--verbose', 'print every log line of the functions and the gateway, not only warnings and errors')
    .allowExcessArguments(false)
    .action(runLocal);

/** Settles when it was interrupted and the stack is deleted, however far it had come. */
const runLocal = async (options: Options): Promise<void> => {
  const signal = interruption();
  const text = await template(options.template);
  const source = await startSource(options, text);
  try {
    await run(options, text, source, signal);
  } finally {
    source?.stop();
  }
};

const run = async (
  options: Options,
  text: string,
  source: TemplateSource | undefined,
  signal: AbortSignal,
): Promise<void> => {
  // Loaded while the stack starts, which waits for the database.
  const loading = import('../page/index.ts');
  let stack: Stack;
  try {
    stack = await start(text, { ...startOptions(options), ...inspectOption(options, source), signal });
  } catch (error) {
    if (error === signal.reason) return;
    throw error;
  }
  const { startPage } = await loading;
  const page = await startPage(stack, { port: pagePort(options.port), onError }).catch((error: unknown) => {
    // The API runs without its page, too.
    onError(error);
    return undefined;
  });
  print(stack, page);
  const stopWatching = options.watch && source && (await watching(stack, source, text));
  if (!signal.aborted) await once(signal, 'abort');
  stopWatching?.();
  await Promise.all([page?.stop(), stack.stop()]);
};

/** What is needed of the template's source: its changes to serve, its source maps to debug. */
const startSource = async (options: Options, text: string): Promise<TemplateSource | undefined> => {
  const withSourceMaps = options.inspect !== undefined;
  if (!options.watch && !withSourceMaps) return undefined;
  const { sourceOf } = await import('./dev/template-source.ts');
  const source = sourceOf(options.template, text, { withSourceMaps });
  // A function without a source map runs as well: a debugger shows its code as it stands in the template.
  if (withSourceMaps) await source.loadSourceMaps().catch((error: Error) => console.error(error.message));
  return source;
};

const inspectOption = ({ inspect: first }: Options, source: TemplateSource | undefined): Pick<StartOptions, 'inspect'> =>
  first === undefined ? {} : { inspect: { port: first, ...(source && { sourceMapOf: source.sourceMapOf }) } };

const watching = async (stack: Stack, source: TemplateSource, text: string): Promise<() => void> => {
  const { reloadOnChange } = await import('./dev/reload.ts');
  const stop = reloadOnChange(stack, source, text);
  console.log('watching: each saved change is served');
  return stop;
};

/** The port after the one of the API; a free one if that is free itself or the last. */
const pagePort = (port: number): number => (port === 0 || port === 65_535 ? 0 : port + 1);

const print = (stack: Stack, page: Page | undefined): void => {
  const curl = curlLine(stack);
  for (const line of outputLines([...stack.outputs, ...(page ? [{ key: 'Docs', value: page.url }] : [])])) console.log(line);
  for (const line of inspectorLines(stack)) console.log(line);
  for (const warning of stack.warnings) console.error(warning);
  if (curl !== undefined) console.log(`\n${curl}\n`);
};

const startOptions = (options: Options): StartOptions => ({
  parameters: options.parameter ?? {},
  port: options.port,
  region: options.region,
  ...(!options.memory && options.dynamodbEndpoint === undefined && { data: options.data }),
  ...(options.dynamodbEndpoint !== undefined && { dynamoDbEndpoint: options.dynamodbEndpoint }),
  ...(options.jwks !== undefined && { jwks: options.jwks }),
  ...(options.python !== undefined && { python: options.python }),
  onRequest: (record) => console.log(requestLine(record)),
  onLog: (event) => {
    if (options.verbose || isWarning(event)) console.error(`${event.group} ${event.message}`);
  },
  onError,
});

const onError = (error: unknown): void => console.error(error instanceof LocalError ? error.message : error);

const template = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new LocalError(
      'INVALID_TEMPLATE',
      `cannot read the template ${file}: ${reason}; name another one with --template`,
    );
  }
};

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
