import { afterAll, describe, expect, it } from 'vitest';
import { createFixture } from './fixture.ts';

const { lambda, create, invoke, lines, events } = createFixture();
afterAll(() => lambda.stop());

describe('INIT', () => {
  it.each([
    [
      'nodejs24.x',
      'exports.lambda_handler = async (a, b, c) => 1',
      'Runtime.CallbackHandlerDeprecated',
      /^ERROR: AWS Lambda has removed support/,
    ],
    [
      'nodejs24.x',
      'exports.other = async () => 1',
      'Runtime.HandlerNotFound',
      'index.lambda_handler is undefined or not exported',
    ],
    ['nodejs24.x', 'exports.lambda_handler = 7', 'Runtime.HandlerNotFound', 'index.lambda_handler is not a function'],
    ['nodejs22.x', 'exports.lambda_handler = async () => {', 'Runtime.UserCodeSyntaxError', /^SyntaxError: /],
    ['nodejs24.x', 'export const lambda_handler = async () => 1', 'Runtime.UserCodeSyntaxError', /^SyntaxError: /],
    [
      'nodejs24.x',
      'require("@aws-sdk/client-none")',
      'Runtime.ImportModuleError',
      /^Error: Cannot find module '@aws-sdk\/client-none'/,
    ],
    ['nodejs24.x', 'throw new URIError("at load")', 'URIError', 'at load'],
    ['nodejs24.x', 'process.exit(5)', 'Runtime.ExitError', /Error: Runtime exited with error: exit status 5$/],
  ])('on %s of %j fails with %s', async (runtime, code, errorType, message) => {
    const name = `f${events.length}`;
    const { value, functionError } = await invoke(create(name, code, { runtime }));
    expect(functionError).toBe('Unhandled');
    expect(value).toMatchObject({
      errorType,
      errorMessage: typeof message === 'string' ? message : expect.stringMatching(message),
    });
    // Once by itself and once more as part of the invocation.
    expect(events.filter(({ kind, functionName }) => kind === 'started' && functionName === name)).toHaveLength(2);
  });

  it('that fails is tried anew by the next invocation', async () => {
    const arn = create('broken', 'throw new Error("each time")');
    for (let i = 0; i < 3; i++) expect((await invoke(arn)).value).toMatchObject({ errorMessage: 'each time' });
  });

  it('that fails at first and then succeeds serves the invocation', async () => {
    const code = `const fs = require('fs');
      if (!fs.existsSync('tried')) { fs.writeFileSync('tried', ''); throw new Error('first') }
      exports.lambda_handler = async () => 'second'`;
    expect(await invoke(create('twice', code))).toEqual({ value: 'second' });
  });

  it('that does not end within the timeout of the invocation is a timeout', async () => {
    const code = `const fs = require('fs');
      if (!fs.existsSync('tried')) { fs.writeFileSync('tried', ''); throw new Error('first') }
      for (;;);`;
    const { value } = await invoke(create('endless', code, { timeout: 1 }));
    expect(value).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('of a callback handler works below Node.js 24', async () => {
    const arn = create(
      'callback',
      'exports.lambda_handler = (event, context, callback) => { setTimeout(() => callback(null, event.n + 1), 1) }',
      {
        runtime: 'nodejs20.x',
      },
    );
    expect((await invoke(arn, { n: 1 })).value).toBe(2);
    expect((await invoke(arn, { n: 2 })).value).toBe(3);
  });

  it.each(['java21', 'nodejs14.x'])('is rejected for %s, with a runtime that runs', (runtime) => {
    expect(() => create('unknown', '', { runtime })).toThrow(
      expect.objectContaining({
        code: 'RUNTIME_MISSING',
        message: expect.stringContaining('nodejs24.x'),
      }),
    );
  });

  it.each([
    [{ BIG_VALUE: 'x'.repeat(4096) }, /4,096/],
    [{ AWS_REGION: 'x' }, /AWS_REGION, which Lambda reserves/],
    [{ 'A-B': 'x' }, /'A-B'/],
  ])('is rejected for variables that Lambda rejects: %j', (environment, message) => {
    expect(() => create('variables', '', { environment })).toThrow(message);
  });

  it('takes variables of exactly 4 KB, the names and JSON around them included', () => {
    const around = JSON.stringify({ BIG_VALUE: '' }).length;
    create('full', '', { environment: { BIG_VALUE: 'x'.repeat(4096 - around) } });
    expect(() => create('over', '', { environment: { BIG_VALUE: 'x'.repeat(4097 - around) } })).toThrow(/has 4097 bytes/);
  });

  it('is logged', () => {
    expect(lines).toContainEqual(expect.stringContaining('"type":"platform.initStart"'));
    expect(lines).toContainEqual(expect.stringMatching(/"type":"platform.initReport".*"errorType":"URIError"/));
  });
});
