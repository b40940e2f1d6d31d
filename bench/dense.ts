/* Measures the work for the densest items: `npm run bench:dense`, optionally with `-- --templates FOLDER`. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { heapParameters } from '../src/twin/lambda/runtimes.ts';
import { bodyOf, type Content, contents, itemOf, pageOf, updatedOf } from './dense/contents.ts';
import { eventOf, type OperationName } from './events.ts';
import { writeFunctions } from './functions.ts';
import { type Answer, type Start, startEnvironment } from './runtime/environment.ts';
import { inFolder } from './temporary.ts';

/** The functions' memory in MB, and the part of it that they may use. */
const memorySize = 256;
const memoryLimit = 0.8 * memorySize;

/** Limit for one request, in milliseconds of a whole core. If parsing the same JSON takes longer, that time is the limit. */
const cpuLimit = 500;

/**
 * Limit of the CPU for escapes, relative to the same content without escapes. If the ratio of parsing alone is higher, that is
 * the limit.
 */
const escapeRatio = 2;

/** Maximum number of measurements of a value that is over a limit. Other processes on the machine can only increase a value. */
const attempts = 3;

interface Edition {
  readonly name: string;
  start(operation: OperationName): Start;
  /** Start of an environment that only parses the body of its event. */
  readonly parser: Start;
}

interface Row {
  readonly edition: string;
  readonly operation: OperationName;
  readonly content: string;
  /** Size in MB of the JSON that is read. */
  readonly size: number;
  readonly cpuMs: number;
  /** The least CPU that parsing the same JSON takes. */
  readonly leastMs: number;
  readonly memoryMb: number;
  /** CPU relative to the same content without escapes, and the same ratio for parsing alone. */
  readonly ratio: number | undefined;
  readonly leastRatio: number | undefined;
}

const { values } = parseArgs({ options: { templates: { type: 'string', default: resolve(import.meta.dirname, '..') } } });

/** DynamoDB's response to the next request. */
let response = '{}';
const server = createServer((incoming, outgoing) => {
  incoming.resume().on('end', () => outgoing.end(incoming.method === 'GET' ? 'healthy' : response));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const variables = {
  PATH: process.env.PATH ?? '',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE00',
  AWS_SECRET_ACCESS_KEY: 'EXAMPLEKEYEXAMPLEKEYEXAMPLEKEYEXAMPLEKEY',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  TABLE_NAME: 'items-bench',
};

const editions = (folder: string): readonly Edition[] => {
  const typescript = writeFunctions(join(values.templates, 'template.yaml'), 'index.js', join(folder, 'typescript'));
  const python = writeFunctions(join(values.templates, 'template.python.yaml'), 'index.py', join(folder, 'python'));
  const start = (command: Start['command'], handler: string, root: string): Start => ({
    command,
    variables: { ...variables, _HANDLER: handler, LAMBDA_TASK_ROOT: root },
  });
  const runtime = (name: string): string => join(import.meta.dirname, 'runtime', name);
  const node = [
    process.execPath,
    ...heapParameters(memorySize),
    '--no-experimental-detect-module',
    '--no-experimental-require-module',
    runtime('node.mjs'),
  ] as const;
  const python3 = [process.env.PYTHON ?? 'python3', '-I', '-B', '-X', 'utf8', runtime('python.py')] as const;
  const parsers = join(import.meta.dirname, 'dense');
  return [
    {
      name: 'TypeScript',
      start: (operation) => start(node, 'index.js#lambda_handler', typescript[operation].folder),
      parser: start(node, 'parse.cjs#parse', parsers),
    },
    {
      name: 'Python',
      start: (operation) => start(python3, 'index.py#lambda_handler', python[operation].folder),
      parser: start(python3, 'parse.py#parse', parsers),
    },
  ];
};

/** Sends the first request of a new environment: nothing is compiled yet, and no memory is allocated. */
const first = async (start: Start, event: object, status: number): Promise<Answer> => {
  const environment = startEnvironment(start);
  try {
    await environment.loadMs;
    const answer = await environment.invoke(event);
    if (answer.result.statusCode !== status)
      throw new Error(`expected ${status}: ${JSON.stringify(answer.result).slice(0, 500)}`);
    return answer;
  } finally {
    await environment.stop();
  }
};

/** Input of each operation: a body, or DynamoDB's response. */
const requests: readonly (readonly [
  OperationName,
  (content: Content) => { json: string; event: object; output: string },
])[] = [
  [
    'CreateItem',
    (content) => {
      const json = bodyOf(content);
      return { json, event: { ...eventOf('CreateItem'), body: json }, output: '{}' };
    },
  ],
  [
    'UpdateItem',
    (content) => {
      const json = bodyOf(content);
      return { json, event: { ...eventOf('UpdateItem', 'dense'), body: json }, output: updatedOf(content) };
    },
  ],
  ['GetItem', (content) => ({ json: itemOf(content), event: eventOf('GetItem', 'dense'), output: itemOf(content) })],
  ['ListItems', (content) => ({ json: pageOf(content), event: eventOf('ListItems'), output: pageOf(content) })],
];

const measure = async (edition: Edition): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const [operation, requestOf] of requests) {
    for (const content of contents) {
      const { json, event, output } = requestOf(content);
      response = output;
      const unescaped = rows.find((row) => row.operation === operation && row.content === content.unescaped?.name);
      const measureOnce = async (): Promise<Row> => {
        const { responseCpuMs: leastMs } = await first(edition.parser, { body: json }, 200);
        const answer = await first(edition.start(operation), event, operation === 'CreateItem' ? 201 : 200);
        return {
          edition: edition.name,
          operation,
          content: content.name,
          size: json.length / 1e6,
          cpuMs: answer.responseCpuMs,
          leastMs,
          memoryMb: answer.peakMemoryMb,
          ratio: unescaped && answer.responseCpuMs / unescaped.cpuMs,
          leastRatio: unescaped && leastMs / unescaped.leastMs,
        };
      };
      let row = await measureOnce();
      for (let repetition = 1; repetition < attempts && missed(row).length > 0; repetition++) row = await measureOnce();
      rows.push(row);
      console.log(lineOf(row));
    }
  }
  return rows;
};

const missed = ({ cpuMs, leastMs, memoryMb, ratio = 0, leastRatio = 0 }: Row): string[] => [
  ...(memoryMb > memoryLimit ? ['memory'] : []),
  ...(cpuMs > Math.max(cpuLimit, leastMs) ? ['CPU'] : []),
  ...(ratio > Math.max(escapeRatio, leastRatio) ? ['ratio'] : []),
];

const lineOf = (row: Row): string => {
  const { edition, operation, content, size, cpuMs, leastMs, memoryMb, ratio } = row;
  return [
    edition.padEnd(11),
    operation.padEnd(11),
    content.padEnd(43),
    `${size.toFixed(1).padStart(5)} MB`,
    `${Math.round(cpuMs).toString().padStart(5)} ms`,
    `${Math.round(leastMs).toString().padStart(5)} ms`,
    `${Math.round(memoryMb).toString().padStart(5)} MB`,
    ratio === undefined ? '     ' : `× ${ratio.toFixed(1)}`,
    ...missed(row),
  ].join('  ');
};

console.log(`At most ${Math.round(memoryLimit)} MB; at most ${cpuLimit} ms of CPU, or the least that parsing takes, beside it;
at most ${escapeRatio} times the CPU of the same without escapes, or as much more as parsing needs. First requests of new environments;\nwhat is over a limit is measured up to ${attempts} times.\n`);
const rows = await inFolder(async (folder) => {
  const measured: Row[] = [];
  for (const edition of editions(folder)) measured.push(...(await measure(edition)));
  return measured;
});
server.closeAllConnections();
server.close();
const misses = rows.filter((row) => missed(row).length > 0);
console.log(`\n${rows.length} measured, ${misses.length} over a limit`);
if (misses.length > 0) process.exitCode = 1;
