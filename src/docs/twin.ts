import { table } from './markdown.ts';
import { publicTemplatesSection, type TriedTemplate } from './public-templates.ts';

/** Data for the page on the twin. */
export interface TwinFacts {
  /** Differences of the twin from AWS, by subject. */
  readonly behaviour: Readonly<Record<string, readonly string[]>>;
  /** Properties that are accepted without effect, with the reason, by type (`*` for all types). */
  readonly notActedOn: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Resource types that the twin supports. */
  readonly types: Iterable<string>;
  /** Public templates that were tried. */
  readonly tried: readonly TriedTemplate[];
}

/** Returns docs/twin.md: what the local twin enforces, and how it differs from AWS. */
export const twinPage = ({
  behaviour,
  notActedOn,
  types,
  tried,
}: TwinFacts): string => `<!-- Written by "npm run synth" from src/docs/twin.ts and src/twin/check/known-differences.ts -->

# The local twin

${introduction}

## Known differences

The twin enforces the template. At start, it rejects everything that it does not support, with logical id and property. This list has the
remaining differences from AWS. A test compares the list of properties with those that the twin reads.

${Object.entries(behaviour)
  .map(([subject, lines]) => `### ${subject}\n\n${lines.map((line) => `- ${line}`).join('\n')}`)
  .join('\n\n')}

## Properties that are accepted and checked, but have no effect

${table(['type', 'property', 'why'], rowsOf(notActedOn))}

## Supported resource types

${typeLines(types)}

${publicTemplatesSection(tried)}
`;

const introduction = `\`npm start\` runs \`items local --template template.yaml --parameter AuthorizationType=NONE\`. More options follow \`--\`:

\`\`\`sh
npm start -- --port 0 --memory
npm start -- --parameter MemorySize=512 --parameter AllowedOrigins=https://app.example
npm start -- --template template.python.yaml      # needs Python 3.9 or later
npm start -- --template other.yaml
npm start -- --help
\`\`\`

The twin reads nothing but the template. It evaluates parameters, conditions and intrinsic functions, creates the resources in dependency
order, serves the stage, and runs each function in processes of its own. Items are kept in \`.items/data\`
(\`--data DIR\`, \`--memory\`). The start prints everything that you need to send requests: URL and routes of each stage, API keys and credentials that methods require,
the pages, the data folder, and a curl line.

Each request is a line with its status, the function, and the milliseconds of gateway, function (with a cold start, if there was one) and
DynamoDB. For a 4xx or 5xx it also has the reason: the methods that a path has, the faults that validation found, the limit that throttles, the
statement that denies, the hop that the network lacks. Logs of functions are printed as text with the function's name, level WARN and above on
standard error. \`--verbose\` adds the outputs of the stack and request ids, and prints every line of every log group to standard error; \`--log json\` prints
one JSON object per line, with a \`type\` (\`ready\`, \`request\`, \`log\`, \`updated\`, \`note\`, \`warning\`, \`error\`).

It enforces AWS's limits and permissions, with AWS's own messages:

- **IAM.** Each execution environment has temporary credentials of its function's role. DynamoDB verifies every signature and evaluates
  the role's policies, its permissions boundary and the policy of the VPC endpoint. A missing permission is an \`AccessDeniedException\` that
  names principal, action and resource.
- **Network.** Subnets, route tables, endpoint, NAT gateway and security group decide whether a function reaches DynamoDB. If it does not,
  the call hangs until its timeout, as on AWS, and \`npm start\` names the function and the missing hop.
- **Callers.** Lambda permissions with their \`SourceArn\`; \`AWS_IAM\` (\`--parameter AuthorizationType=AWS_IAM\` prints credentials in a
  \`curl --aws-sigv4\` line); Cognito tokens (\`--jwks FILE|URL\`); API keys, usage plans, throttling and quotas.
- **Limits.** Sizes of requests, headers and payloads, timeouts, memory, concurrency, environments that are frozen between calls.
- **Everything else.** A resource type, property, intrinsic function or policy condition that the twin does not support is rejected at start.
  With \`--allow-inert\`, types that no request needs, such as buckets, queues and rules of EventBridge, start without doing anything.

\`npx items check other.yaml\` lists, without starting anything, how the twin treats each resource: supported, inert (accepted and checked,
without effect) or rejected, each with its line and its reasons. The exit code is 1 if anything is rejected.

A syntax error in the inline code of a function, and a missing module that it loads, are warnings at start, and with
\`--watch\` after the change.

The twin serves the names of the loopback interface, such as localhost; \`--allow-host NAME\` adds one. Only its own processes can use
its internal sockets: DynamoDB verifies signatures, functions get their events over a descriptor of their process, and the database listens in a folder of
your user's own. Debugger ports (\`--inspect\`) are not protected. If the database cannot be opened, the message names the damaged file and the remedy
(\`--repair\`). If it opens without a part of its log, the twin reports how many bytes are lost.
[What the twin promises about its data](reliability.md#promises-of-the-twin) is tested.

With \`AuthorizationType=NONE\` and the default \`AllowedOrigins=*\`, any page that you visit may call the twin while it runs.

## Other templates

\`\`\`sh
npx items check other.yaml                                     # what the twin supports of it
npx items local --template other.yaml                          # functions in Node.js use the AWS SDK of node_modules
npx items local --template other.yaml --node-modules ~/sdk     # or another one
npx items local --template other.yaml --python .venv/bin/python  # boto3 of a virtual environment
npx items local --template other.yaml --code Function=dist     # code that the template has in S3, unpacked
\`\`\`

- Functions find the AWS SDK for JavaScript and boto3 as on Lambda, and nothing else that is installed beside them. Their calls of DynamoDB reach
  the tables of the stack with the credentials of the function's role. A call of another service fails at once with the error \`NotSimulated\`,
  which names service and operation, and never reaches AWS.
- \`--code Function=FOLDER\` takes the logical id of a function and can be repeated. A path in \`Code\`, as \`aws cloudformation package\` takes
  it, needs no option: it is relative to the template. The handler's file is found in the folder as on Lambda. After a change of it, start again.

## In other projects

\`npm run package\` builds the twin as a package for any project (\`build/items-api-VERSION.tgz\`): \`npx items-api local --template mine.yaml\` and
\`npx items-api check mine.yaml\`, on Node.js 24 or 22.12, 29 MB installed. Tests start it with \`import { start } from 'items-api'\`, or as a
process: [examples with Vitest and pytest](../examples/tests/).

## Items

\`\`\`sh
npm start -- --seed items.ndjson                  # one JSON object with an id per line
npx items show                                    # tables of .items/data, or of --data FOLDER
npx items show items-dev                          # items, one per line; --limit 10
npx items show items-dev lamp                     # one item
npm start -- --expose-dynamodb                    # prints a line for the AWS CLI, SDKs and dynamodb-admin
\`\`\`

- \`--seed\` sends each line to \`POST /items\` unchanged, with signature and API key where the methods require them, and skips ids that
  exist. It checks the file before anything starts. A line that the API rejects ends the seeding; the API continues to run. It has no token of a user
  pool: start once with \`--parameter AuthorizationType=NONE\` on the same folder. Templates without all operations of this API are rejected.
- \`items show\` prints attributes as they are stored and numbers with all digits, binary values in base64. It works while a twin runs
  on the folder: \`twin.json\` in it has an access key that may only read, for the owner of the file. A unique part of the name of a table
  is enough. \`--memory\` and \`--dynamodb-endpoint\` keep no tables in a folder.
- \`--expose-dynamodb\` creates an access key that may call every operation of DynamoDB. The endpoint verifies signatures as for functions.

## Debugging

\`\`\`sh
npm run dev -- --inspect             # or --inspect=PORT, with npm start as well
\`\`\`

Each function listens for a debugger on a port of 127.0.0.1: the first one on 9229, the others on the next ports, in the order of the template.
The start prints them. Breakpoints work in \`src/functions/typescript/\` and \`src/functions/python/\`; without source map, as in a template of
another project, a debugger shows the code of the template. \`.vscode/launch.json\` attaches Visual Studio Code, and \`chrome://inspect\` attaches Chrome.
Python needs debugpy: \`python3 -m pip install debugpy\`. Every program on your machine can attach to these ports and run code as you.

- While a debugger pauses a function, the timeouts of its INIT, of the function and of the integration are suspended. While a debugger is attached,
  \`getRemainingTimeInMillis()\` returns a day more than the timeout, because the clocks of the function continue. A pending call of DynamoDB
  times out as usual.
- A function has one environment, which starts with the stack and is not frozen. Further calls wait. After a change, or if it ends, the next
  environment has the same port.

## The page

\`Docs  http://127.0.0.1:3001/\` is a page that shows the [OpenAPI document](../openapi.yaml) with the URL of the twin, and sends requests: the
port is the one after \`--port\`, or a free one. It is [Scalar](https://github.com/scalar/scalar) from \`node_modules\`, and loads nothing from elsewhere.

- A server on your machine sends the requests of the page, to the twin only. With \`AWS_IAM\` it signs them; the API key is filled in; you paste a
  token of a user pool. [Who can use that server](security.md#the-page-of-the-local-twin).
- Optional headers and parameters are switched off until you tick them.
- A body is sent as you write it under \`Raw\`, and a response is shown unchanged, with all digits of its numbers. \`Form\` is JavaScript's: it
  rounds numbers beyond 2^53.
- The examples for curl and other clients are not signed: the line that \`npm start\` prints is.
- Templates without all operations of this API have no page. An installation without development dependencies has none either.

## The console

\`Console  http://127.0.0.1:3001/console/\` shows what happens, from the same server. Any template has it.

- **Requests**, the last 1,000 with up to 64 KB of each body and 200 log lines each, 64 MB in all, also those before you open the console. A request that you open shows the
  decisions on it: authorization, throttling and validation, the permission to invoke the function, the path over the network, the
  statements of role and endpoint, the call of DynamoDB with its condition. The step that denied it is marked, with the text of the log.
- Values of headers with credentials are masked. "Send again" uses the original ones and makes a new signature. "Copy as curl" has shell variables in their place.
- **Tables**: items page by page, or by id, with all digits of numbers. Reading them does not count for throttling and does not use the functions of the
  stack. Items of this API change with \`PUT\` and \`DELETE\` of the API and \`If-Match\`; other tables are read only.
- **Stack**: parameters, outputs, warnings, resources, and the environments of each function with their state, memory and requests.
- Keys: \`/\` filters, arrow keys move, Enter opens, Escape closes.`;

const rowsOf = (notActedOn: TwinFacts['notActedOn']): string[][] =>
  Object.entries(notActedOn).flatMap(([type, entries]) => {
    const byReason = Map.groupBy(Object.entries(entries), ([, reason]) => reason);
    const of = type === '*' ? 'every type that has it' : type.replace('AWS::', '');
    return [...byReason].map(([reason, properties]) => [of, properties.map(([path]) => `\`${path}\``).join(', '), reason]);
  });

const typeLines = (types: Iterable<string>): string => {
  const byService = Map.groupBy(types, (type) => type.split('::').slice(0, 2).join('::'));
  return [...byService].map(([service, names]) => `- \`${service}\`: ${names.map(last).sort().join(', ')}`).join('\n');
};

const last = (type: string): string => type.split('::').at(-1) ?? type;
