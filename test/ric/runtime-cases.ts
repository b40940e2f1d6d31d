import type { FunctionConfiguration } from '../../src/twin/lambda/lambda.ts';

/** Something that a function may do to its runtime. */
export interface RuntimeCase {
  /** `index.js`. */
  readonly code: string;
  readonly event?: unknown;
  readonly configuration?: Partial<FunctionConfiguration>;
  /** Where our client answers otherwise, on purpose. */
  readonly difference?: Difference;
}

export interface Difference {
  readonly reason: string;
  readonly ours: Answer;
  readonly theirs: Answer;
}

/** An invoke result with its payload parsed. */
export interface Answer {
  readonly value: unknown;
  readonly functionError?: string;
}

const handler = (body: string): string => `exports.lambda_handler = async (event, context) => { ${body} };`;

const failed = (errorType: string, errorMessage: string): Answer => ({
  value: { errorType, errorMessage },
  functionError: 'Unhandled',
});

const exited = (reason: string): Answer => failed('Runtime.ExitError', `RequestId: ID Error: ${reason}`);

const says =
  'AWS leaves it to Node.js, which ends the process with a word in the log only; ours also tells the caller what it was';

export const runtimeCases: Readonly<Record<string, RuntimeCase>> = {
  'an event': { code: handler('return event'), event: { text: 'ünï ✓', deep: [{ n: 1.5, none: null }] } },
  nothing: { code: handler('') },
  'a handler that is not async': { code: 'exports.lambda_handler = () => ({ plain: true })' },
  'a promise of its own': { code: 'exports.lambda_handler = () => new Promise((r) => setTimeout(r, 1, "later"))' },
  'a nested handler': { code: 'exports.a = { b: async () => "nested" }', configuration: { handler: 'index.a.b' } },
  'the context': { code: handler('return { keys: Object.keys(context).sort(), ...context }') },
  'the variables': { code: handler('return Object.keys(process.env).sort()') },
  'the place of its code': { code: handler('return [process.cwd(), __dirname, __filename, require.main === undefined]') },
  'a state that stays': { code: `let n = 0; ${handler('return ++n')}` },
  'a response as large as it may be': { code: handler('return "x".repeat(6291554)') },
  'a response over 6 MB': { code: handler('return "x".repeat(6291555)') },

  'an error': { code: handler('throw new TypeError("of the handler")') },
  'an error at once': { code: 'exports.lambda_handler = () => { throw new RangeError("at once") }' },
  'an error with a name of its own': { code: handler('throw Object.assign(new Error("ünï"), { name: "Named" })') },
  'an error of another realm': { code: handler('throw require("vm").runInNewContext("new Error(1)")') },
  'an error with a control character': { code: handler('throw new Error("a\\x7fb")') },
  'a thrown string': { code: handler('throw "text"') },
  'a thrown object': { code: handler('throw { statusCode: 400 }') },
  'a thrown nothing': { code: handler('throw undefined') },
  'a result that contains itself': { code: handler('const a = {}; a.a = a; return a') },
  'a result with a BigInt': { code: handler('return 1n') },
  'a result without a JSON text': { code: handler('return () => {}') },

  'a timeout': { code: handler('await new Promise((r) => setTimeout(r, 60000))'), configuration: { timeout: 1 } },
  'an endless loop': { code: handler('for (;;);'), configuration: { timeout: 1 } },
  'an exit': { code: handler('process.exit(3)') },
  'a clean exit': { code: handler('process.exit(0)') },
  'a kill': { code: handler('process.kill(process.pid, "SIGKILL"); await new Promise((r) => setTimeout(r, 60000))') },
  'a rejection that nobody handles': {
    code: handler('Promise.reject(new Error("late")); await new Promise((r) => setTimeout(r, 60000))'),
    difference: {
      reason: says,
      ours: failed('Runtime.UnhandledPromiseRejection', 'Error: late'),
      theirs: exited('Runtime exited with error: exit status 1'),
    },
  },
  'an error that nobody catches': {
    code: handler('setImmediate(() => { throw new RangeError("thrown") }); await new Promise((r) => setTimeout(r, 60000))'),
    difference: {
      reason: says,
      ours: failed('RangeError', 'thrown'),
      theirs: exited('Runtime exited with error: exit status 1'),
    },
  },
  'a promise that cannot settle': {
    code: handler('await new Promise(() => {})'),
    difference: {
      reason: says,
      ours: failed(
        'Runtime.NodeJsExit',
        'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
      ),
      theirs: exited('Runtime exited without providing a reason'),
    },
  },

  'an error in INIT': { code: 'throw new Error("no configuration")' },
  'a thrown string in INIT': { code: 'throw "text"' },
  'an exit in INIT': { code: 'process.exit(2)' },
  'a syntax error': { code: 'exports.lambda_handler = async () => {' },
  'ESM in index.js': { code: 'export const lambda_handler = async () => 1;' },
  'no such export': { code: 'exports.other = async () => 1' },
  'an export that is not a function': { code: 'exports.lambda_handler = 7' },
  'a handler without a dot': { code: handler(''), configuration: { handler: 'index' } },
  'a handler outside its folder': { code: handler(''), configuration: { handler: '../index.lambda_handler' } },
  'a callback': { code: 'exports.lambda_handler = (event, context, callback) => callback(null, 1)' },
  'a module that is missing': { code: `require('no-such-module'); ${handler('')}` },
  'a file that is missing': {
    code: handler(''),
    configuration: { handler: 'other.lambda_handler' },
    difference: {
      reason: 'the list of callers names the client, which is another',
      ours: failed('Runtime.ImportModuleError', "Error: Cannot find module 'ROOT/other'\nRequire stack:\n- ROOT/noop.js"),
      theirs: failed('Runtime.ImportModuleError', "Error: Cannot find module 'other'\nRequire stack:\n- CLIENT"),
    },
  },
  'a module that says when it is loaded': {
    code: `exports.then = (resolve) => setTimeout(resolve, 10, { lambda_handler: async () => 'in its own time' });`,
  },
  'a module that says so of another export': {
    code: `exports.then = (resolve) => setTimeout(resolve, 10, {}); ${handler('return "at once"')}`,
  },
  'a module that is never loaded': { code: `exports.then = () => {}; ${handler('')}` },
  'a response in a stream': {
    code: `exports.lambda_handler = awslambda.streamifyResponse(async (event, stream) => { stream.write('"part'); stream.end('s"'); });`,
    difference: {
      reason: 'the API Gateway of the twin takes no streams, so that ours rejects at INIT what would not work as on AWS',
      ours: failed(
        'Runtime.StreamingNotSupported',
        'The local twin does not support response streaming (awslambda.streamifyResponse). Return the whole response.',
      ),
      theirs: { value: 'parts' },
    },
  },
};
