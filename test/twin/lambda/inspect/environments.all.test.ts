import { afterEach, describe, expect, it } from 'vitest';
import { createInspectors } from '../../../../src/twin/lambda/inspect/index.ts';
import { createFixture, type Fixture } from '../fixture.ts';
import { attach, functionScript, paused } from './inspector-client.ts';

const fixtures: Fixture[] = [];
afterEach(async () => {
  for (const { lambda } of fixtures.splice(0)) await lambda.stop();
});

const inspected = async (code: string, timeout = 10) => {
  const inspectors = createInspectors({ port: 0 });
  await inspectors.open(['f']);
  const fixture = createFixture({ inspectors });
  fixtures.push(fixture);
  const arn = fixture.create('f', code, { timeout });
  return { ...fixture, arn, port: inspectors.opened[0]?.port ?? 0 };
};

describe('a function that is open to debuggers', () => {
  it('starts before it is invoked, and has one environment for all invocations', async () => {
    const { lambda, invoke, arn, events, port } = await inspected(
      'let n = 0; exports.lambda_handler = (event) => new Promise((resolve) => setTimeout(() => resolve([event, ++n]), 50));',
    );
    lambda.startInspected();
    const client = await attach(port);
    lambda.startInspected();
    const results = await Promise.all([1, 2, 3].map((event) => invoke(arn, event)));
    expect(results.map(({ value }) => value)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(events.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    // It is not frozen: the debugger is answered between invocations.
    expect(await client.ask('Runtime.evaluate', { expression: '1 + 1' })).toMatchObject({ result: { value: 2 } });
  });

  it('has its deadline far away only while a debugger is attached', async () => {
    const { invoke, arn, port } = await inspected(
      'exports.lambda_handler = async (event, context) => context.getRemainingTimeInMillis();',
    );
    expect((await invoke(arn)).value).toBeLessThanOrEqual(10_000);
    await attach(port);
    expect((await invoke(arn)).value).toBeGreaterThan(80_000_000);
  });

  it('can be stopped in INIT', async () => {
    const { lambda, invoke, arn, port, events, line } = await inspected(
      `globalThis.isAttached = false;
while (!globalThis.isAttached) {}
debugger;
exports.lambda_handler = async () => 'done';`,
    );
    lambda.startInspected();
    const client = await attach(port);
    // V8 evaluates it in between.
    await client.ask('Runtime.evaluate', { expression: 'globalThis.isAttached = true' });
    await paused(client);
    await client.ask('Debugger.resume');
    expect((await invoke(arn)).value).toBe('done');
    expect(events).toHaveLength(1);
    expect(JSON.parse(await line((text) => text.includes('platform.report')))).toMatchObject({
      record: { status: 'success' },
    });
  });

  it('ends although a debugger is attached, and starts again for it at the same port', async () => {
    const { lambda, invoke, arn, port, lines } = await inspected(
      'exports.lambda_handler = async (event) => { if (event === 1) process.exit(7); process.stderr.write("Debugger of ours\\n"); };',
    );
    lambda.startInspected();
    const first = await attach(port);
    expect(await invoke(arn, 1)).toMatchObject({ functionError: 'Unhandled', value: { errorType: 'Runtime.ExitError' } });
    await first.closed;
    // Nothing has been invoked since: the environment is there for the debugger.
    const second = await attach(port);
    await functionScript(second);
    expect((await invoke(arn, 2)).functionError).toBeUndefined();
    expect(lines.filter((line) => /^(?:Debugger|For help|Waiting)/.test(line))).toEqual(['Debugger of ours']);
  });
});
