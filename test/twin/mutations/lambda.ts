import { code, create, type Mutation } from './mutation.ts';

const fn = 'CreateItemFunction|Properties';
const running = (source: string): Record<string, string> => ({ [code('CreateItem')]: source });
const handler = (source: string): Record<string, string> => running(`exports.lambda_handler = ${source}`);
const failed = (log: RegExp): Omit<Mutation, 'what'> => ({ requests: [create(502, /server-error/)], log });
/** Takes 200 MB when it is asked to, and answers when it is not. */
const greedy = `async ({ body }) => {
  const greed = body.includes('greed') ? Buffer.alloc(200 * 1024 * 1024, 1) : '';
  return { statusCode: 200, body: String(greed.length) };
}`;

export const lambda: readonly Mutation[] = [
  {
    what: 'the memory at its minimum with a greedy handler: it dies, and the next call gets a new environment',
    edit: { ...handler(greedy), [`${fn}|MemorySize`]: 128 },
    requests: [create(200, /^0$/), { ...create(502, /server-error/), body: '{"greed":1}' }, create(200, /^0$/)],
    log: /signal: killed|OutOfMemory/,
  },
  {
    what: 'a handler that takes longer than its timeout',
    edit: { ...handler('() => new Promise(() => setInterval(() => {}, 1000))'), [`${fn}|Timeout`]: 1 },
    ...failed(/timed out|"status":"timeout"/),
  },
  {
    what: 'a handler that waits for nothing',
    edit: handler('() => new Promise(() => {})'),
    ...failed(/Runtime\.NodeJsExit|Promise that was never settled/),
  },
  {
    what: 'a handler that throws',
    edit: handler("async () => { throw new TypeError('broken lamp') }"),
    ...failed(/broken lamp/),
  },
  {
    what: 'a handler that ends its process',
    edit: handler('async () => process.exit(3)'),
    ...failed(/Runtime\.ExitError|exit status 3/),
  },
  {
    what: 'a handler that wants a callback, on Node.js 24',
    edit: handler('(event, context, callback) => callback(null, {})'),
    ...failed(/CallbackHandlerDeprecated/),
  },
  {
    what: 'code that does not parse',
    edit: running('exports.lambda_handler = async () => {'),
    ...failed(/UserCodeSyntaxError/),
  },
  {
    what: 'code that asks for a package that Lambda does not have',
    edit: running("require('ajv')"),
    ...failed(/ImportModuleError|Cannot find module/),
  },
  { what: 'a handler of another name', edit: { [`${fn}|Handler`]: 'index.handler' }, ...failed(/HandlerNotFound/) },
  {
    what: 'a response over 6 MB',
    edit: handler("async () => ({ statusCode: 200, body: 'x'.repeat(6291556) })"),
    ...failed(/ResponseSizeTooLarge|exceeded maximum allowed payload size/),
  },
  {
    what: 'no concurrency',
    edit: { [`${fn}|ReservedConcurrentExecutions`]: 0 },
    requests: [create(504, /integration-failure/), { request: 'GET /items', status: 200 }],
    log: /429, Rate Exceeded/,
  },
  {
    what: 'no concurrency, in text as parameters give it',
    edit: { [`${fn}|ReservedConcurrentExecutions`]: { 'Fn::Sub': '0' } },
    requests: [create(504, /integration-failure/), { request: 'GET /items', status: 200 }],
    log: /429, Rate Exceeded/,
  },
  {
    what: 'more reserved concurrency than an account has',
    edit: { [`${fn}|ReservedConcurrentExecutions`]: 901 },
    rejected: {
      code: 'RESOURCE_FAILED',
      message: /CreateItemFunction.*UnreservedConcurrentExecution below its minimum value of \[100\]/,
    },
  },
  {
    what: 'more than 4 KB of variables',
    edit: { [`${fn}|Environment|Variables|LONG`]: 'x'.repeat(4096) },
    rejected: {
      code: 'INVALID_PROPERTY',
      message: /CreateItemFunction.*Environment\.Variables has \d+ bytes; Lambda's limit is 4,096/,
    },
  },
  {
    what: "a variable of Lambda's own",
    edit: { [`${fn}|Environment|Variables|AWS_REGION`]: 'mars-1' },
    rejected: { code: 'INVALID_PROPERTY', message: /CreateItemFunction.*AWS_REGION, which Lambda reserves/ },
  },
  {
    what: 'less memory than the minimum',
    edit: { [`${fn}|MemorySize`]: 64 },
    rejected: { code: 'INVALID_PROPERTY', message: /CreateItemFunction.*MemorySize must be 128 or more/ },
  },
  {
    what: 'a runtime that the twin does not run',
    edit: { [`${fn}|Runtime`]: 'java21' },
    rejected: {
      code: 'UNSUPPORTED_PROPERTY',
      message:
        /CreateItemFunction.*Runtime is java21, which the twin does not support; use one of nodejs24\.x, .*python3\.13/,
    },
  },
  {
    what: 'code from a bucket',
    edit: { [`${fn}|Code`]: { S3Bucket: 'code', S3Key: 'index.zip' } },
    rejected: {
      code: 'UNSUPPORTED_PROPERTY',
      message: /CreateItemFunction.*Code is in S3, .* with --code CreateItemFunction=FOLDER/,
    },
  },
];
