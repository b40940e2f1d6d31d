import { once } from 'node:events';
import { Command, InvalidArgumentError, Option } from 'commander';
import { LocalError } from '../local/errors.ts';
import { type Stack, type StartOptions, start } from '../local/index.ts';
import type { Page } from '../page/index.ts';
import { parameter, region } from './arguments.ts';
import { printCodeFaults } from './code-faults.ts';
import { curlLine } from './curl.ts';
import { dynamoDbLine } from './dynamodb-line.ts';
import { interruption } from './interruption.ts';
import { isWarning } from './is-warning.ts';
import { outputLines } from './output-lines.ts';
import { requestLine } from './request-line.ts';
import { prepareSeeding, type Seeding } from './seeding.ts';
import { writeTwinFile } from './show/twin-file.ts';
import { readTemplate } from './template-file.ts';

interface Options {
  readonly template: string;
  readonly port: number;
  readonly parameter?: Readonly<Record<string, string>>;
  readonly data: string;
  readonly memory?: true;
  readonly dynamodbEndpoint?: string;
  readonly jwks?: string;
  readonly python?: string;
  readonly seed?: string;
  readonly exposeDynamodb?: true;
  readonly region: string;
  readonly verbose?: true;
  readonly watch?: true;
}

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
    .option('--seed <file>', 'items to create through the API, one JSON object a line; those that exist stay as they are')
    .option('--python <program>', 'Python 3.9 or later, for functions in Python (default: python3)')
    .option('--jwks <file or url>', 'JSON Web Key Set to verify tokens of Cognito user pools with')
    .option('--expose-dynamodb', 'print how other tools, such as the AWS CLI, reach the tables')
    .option('--region <name>', 'AWS region that the stack believes to be in', region, 'us-east-1')
    .option('--watch', 'serve each change of the template, or of the sources that it is generated from')
    .option('--verbose', 'print every log line of the functions and the gateway, not only warnings and errors')
    .allowExcessArguments(false)
    .action(runLocal);

/** Settles when it was interrupted and the stack is deleted, however far it had come. */
const runLocal = async (options: Options): Promise<void> => {
  const signal = interruption();
  const text = await readTemplate(options.template);
  const seeding = options.seed === undefined ? undefined : await prepareSeeding(options.seed);
  // Loaded while the stack starts, which waits for the database.
  const loading = import('../page/index.ts');
  let stack: Stack;
  try {
    stack = await start(text, { ...startOptions(options, seeding), signal });
  } catch (error) {
    if (error === signal.reason) return;
    throw error;
  }
  await seeding?.check(stack);
  const { startPage } = await loading;
  const page = await startPage(stack, { port: pagePort(options.port), onError }).catch((error: unknown) => {
    // The API runs without its page, too.
    onError(error);
    return undefined;
  });
  print(stack, page);
  if (options.exposeDynamodb) console.log(`${dynamoDbLine(stack.dynamoDb('full'))}\n`);
  const removeTwinFile = keepsData(options) ? writeTwinFile(options.data, stack.dynamoDb('read')) : undefined;
  void printCodeFaults(stack);
  const seeded = seeding?.run(stack, signal);
  const stopWatching = options.watch && (await watching(stack, options.template, text));
  if (!signal.aborted) await once(signal, 'abort');
  stopWatching?.();
  await seeded;
  removeTwinFile?.();
  await Promise.all([page?.stop(), stack.stop()]);
};

const watching = async (stack: Stack, file: string, text: string): Promise<() => void> => {
  const { reloadOnChange } = await import('./dev/reload.ts');
  const stop = reloadOnChange(stack, file, text);
  console.log('watching: each saved change is served');
  return stop;
};

/** The port after the one of the API; a free one if that is free itself or the last. */
const pagePort = (port: number): number => (port === 0 || port === 65_535 ? 0 : port + 1);

const print = (stack: Stack, page: Page | undefined): void => {
  const curl = curlLine(stack);
  for (const line of outputLines([...stack.outputs, ...(page ? [{ key: 'Docs', value: page.url }] : [])])) console.log(line);
  for (const warning of stack.warnings) console.error(warning);
  if (curl !== undefined) console.log(`\n${curl}\n`);
};

/** False if the tables are in memory, or in a database of the user's. */
const keepsData = ({ memory, dynamodbEndpoint }: Options): boolean => !memory && dynamodbEndpoint === undefined;

const startOptions = (options: Options, seeding: Seeding | undefined): StartOptions => ({
  parameters: options.parameter ?? {},
  port: options.port,
  region: options.region,
  ...(keepsData(options) && { data: options.data }),
  ...(options.dynamodbEndpoint !== undefined && { dynamoDbEndpoint: options.dynamodbEndpoint }),
  ...(options.jwks !== undefined && { jwks: options.jwks }),
  ...(options.python !== undefined && { python: options.python }),
  onRequest: (record) => {
    if (!seeding?.sends(record)) console.log(requestLine(record));
  },
  onLog: (event) => {
    if (options.verbose || isWarning(event)) console.error(`${event.group} ${event.message}`);
  },
  onError,
});

const onError = (error: unknown): void => console.error(error instanceof LocalError ? error.message : error);

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
