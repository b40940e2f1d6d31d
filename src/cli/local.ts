import { once } from 'node:events';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Stack, type StartOptions, start } from '../local/index.ts';
import { parameter, region } from './arguments.ts';
import { warnOfCode } from './code-faults.ts';
import { interruption } from './interruption.ts';
import { jsonReporter } from './local/json-reporter.ts';
import type { Reporter } from './local/reporter.ts';
import { textReporter } from './local/text-reporter.ts';
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
  readonly allowHost?: readonly string[];
  readonly repair?: true;
  readonly seed?: string;
  readonly exposeDynamodb?: true;
  readonly region: string;
  readonly verbose?: true;
  readonly log: 'text' | 'json';
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
    .addOption(
      new Option('--repair', 'keep of a damaged data folder what can still be read').conflicts([
        'memory',
        'dynamodbEndpoint',
      ]),
    )
    .option(
      '--allow-host <name>',
      'host name that requests may be for, beside localhost; repeatable',
      (name: string, names: readonly string[] = []) => [...names, name.toLowerCase()],
    )
    .option('--seed <file>', 'items to create through the API, one JSON object a line; those that exist stay as they are')
    .option('--python <program>', 'Python 3.9 or later, for functions in Python (default: python3)')
    .option('--jwks <file or url>', 'JSON Web Key Set to verify tokens of Cognito user pools with')
    .option('--expose-dynamodb', 'print how other tools, such as the AWS CLI, reach the tables')
    .option('--region <name>', 'AWS region that the stack believes to be in', region, 'us-east-1')
    .option('--watch', 'serve each change of the template, or of the sources that it is generated from')
    .option('--verbose', 'print the outputs of the stack, request ids, and every line of every log group')
    .addOption(
      new Option('--log <format>', 'form of what is printed: lines for people, or a JSON object a line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .allowExcessArguments(false)
    .action(runLocal);

/** Settles when it was interrupted and the stack is deleted, however far it had come. */
const runLocal = async (options: Options): Promise<void> => {
  const signal = interruption();
  const reporter = options.log === 'json' ? jsonReporter() : textReporter(options);
  const text = await readTemplate(options.template);
  const seeding = options.seed === undefined ? undefined : await prepareSeeding(options.seed, reporter);
  // Loaded while the stack starts, which waits for the database.
  const loading = import('../page/index.ts');
  let stack: Stack;
  try {
    stack = await start(text, { ...startOptions(options, reporter, seeding), signal });
  } catch (error) {
    if (error === signal.reason) return;
    throw error;
  }
  await seeding?.check(stack);
  const { startPage } = await loading;
  const onError = reporter.error;
  const page = await startPage(stack, { port: pagePort(options.port), onError }).catch((error: unknown) => {
    // The API runs without its page, too.
    onError(error);
    return undefined;
  });
  reporter.ready(stack, {
    page: page?.url,
    data: dataText(options),
    ...(options.exposeDynamodb && { dynamoDb: stack.dynamoDb('full') }),
  });
  const removeTwinFile = keepsData(options) ? writeTwinFile(options.data, stack.dynamoDb('read')) : undefined;
  void warnOfCode(stack, reporter);
  const seeded = seeding?.run(stack, signal);
  const stopWatching = options.watch && (await watching(stack, options.template, text, reporter));
  if (!signal.aborted) await once(signal, 'abort');
  stopWatching?.();
  await seeded;
  removeTwinFile?.();
  await Promise.all([page?.stop(), stack.stop()]);
};

const watching = async (stack: Stack, file: string, text: string, reporter: Reporter): Promise<() => void> => {
  const { reloadOnChange } = await import('./dev/reload.ts');
  const stop = reloadOnChange(stack, file, text, reporter);
  reporter.note('watching: each saved change is served');
  return stop;
};

/** The port after the one of the API; a free one if that is free itself or the last. */
const pagePort = (port: number): number => (port === 0 || port === 65_535 ? 0 : port + 1);

/** Where the tables are. */
const dataText = ({ memory, dynamodbEndpoint, data }: Options): string => {
  if (dynamodbEndpoint !== undefined) return dynamodbEndpoint;
  return memory ? 'in memory, until it stops' : `${data}, for the next start as well`;
};

/** False if the tables are in memory, or in a database of the user's. */
const keepsData = ({ memory, dynamodbEndpoint }: Options): boolean => !memory && dynamodbEndpoint === undefined;

const startOptions = (options: Options, reporter: Reporter, seeding: Seeding | undefined): StartOptions => ({
  parameters: options.parameter ?? {},
  port: options.port,
  region: options.region,
  ...(keepsData(options) && { data: options.data }),
  ...(options.dynamodbEndpoint !== undefined && { dynamoDbEndpoint: options.dynamodbEndpoint }),
  ...(options.allowHost && { allowedHosts: options.allowHost }),
  ...(options.repair && { repair: true }),
  ...(options.jwks !== undefined && { jwks: options.jwks }),
  ...(options.python !== undefined && { python: options.python }),
  onRequest: (record) => {
    if (!seeding?.sends(record)) reporter.request(record);
  },
  onLog: reporter.log,
  onError: reporter.error,
});

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
