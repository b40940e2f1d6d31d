import { Command, InvalidArgumentError, Option } from 'commander';
import { isHostName } from '../twin/requests/hosts.ts';
import { codeFolder, parameter, region } from './arguments.ts';
import { runLocal } from './local/run.ts';

/** `items local`: runs a template on this machine until it is interrupted. */
export const localCommand = (): Command =>
  new Command('local')
    .description('Runs the REST API of a CloudFormation template on this machine, until Ctrl-C deletes the stack again.')
    .option('--template <file>', 'the template, YAML or JSON', 'template.yaml')
    .option('--port <number>', 'port to serve on, 0 for a free one', port, 3000)
    .option(
      '--parameter <Key=Value>',
      "value of one of the template's parameters; repeatable, the last value is used",
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
      new Option('--repair', 'recover the readable items of a damaged data folder').conflicts([
        'memory',
        'dynamodbEndpoint',
      ]),
    )
    .option('--seed <file>', 'items to create through the API, one JSON object per line; existing items are not changed')
    .option('--expose-dynamodb', 'print how other tools, such as the AWS CLI, reach the tables')
    .option(
      '--python <program>',
      'Python 3.9 or later, for functions in Python, with boto3 if they use it (default: python3)',
    )
    .option(
      '--node-modules <folder>',
      'AWS SDK of functions in Node.js (default: the one installed next to the template, or to the current folder)',
    )
    .option('--code <Function=folder>', 'code of a function whose template has it in S3, unpacked; repeatable', codeFolder)
    .option('--jwks <file or url>', 'JSON Web Key Set to verify tokens of Cognito user pools with')
    .option('--region <name>', 'AWS Region of the stack', region, 'us-east-1')
    .option(
      '--allow-host <name>',
      'host name that requests may be for, beside localhost; repeatable',
      (name: string, names: readonly string[] = []) => [...names, hostName(name)],
    )
    .option('--allow-inert', 'accept resource types that the twin does not have and no request needs: they do nothing')
    .option('--watch', 'serve each change of the template, or of the sources that it is generated from')
    .addOption(
      new Option('--inspect [port]', 'open functions to debuggers, on this port and the next ones')
        .argParser(port)
        .preset(defaultInspectorPort),
    )
    .option('--verbose', 'print the outputs of the stack, request ids, and every line of every log group')
    .addOption(
      new Option('--log <format>', 'form of what is printed: lines for people, or a JSON object a line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .allowExcessArguments(false)
    .action(runLocal);

/** The default port of Node.js debuggers. */
const defaultInspectorPort = 9229;

function hostName(text: string): string {
  if (isHostName(text)) return text;
  throw new InvalidArgumentError('A host name has neither scheme nor port; an address of IPv6 has brackets.');
}

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
