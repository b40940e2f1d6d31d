import { afterAll, describe, expect, it } from 'vitest';
import { createFixture } from './fixture.ts';

const code = `exports.lambda_handler = async (event) => {
  console.info({ hello: 'world' });
  console.log('two\\nlines %d', 7);
  console.error(new TypeError('bad'));
  console.warn('with', new RangeError('late'));
  console.debug('only if asked for');
  process.stdout.write('raw\\n');
  return 1;
}`;

describe('the log of a function in JSON format', () => {
  const fixture = createFixture();
  afterAll(() => fixture.lambda.stop());

  it('has one line per call, and platform records around them', async () => {
    const arn = fixture.create('json', code);
    await fixture.invoke(arn);
    await fixture.line((line) => line.includes('platform.report'));
    const records = fixture.lines.filter((line) => line !== 'raw').map((line) => JSON.parse(line));
    expect(fixture.lines).toContain('raw');
    const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/);
    const common = { timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), requestId };
    expect(records).toEqual([
      { time: expect.any(String), type: 'platform.initStart', record: expect.objectContaining({ phase: 'init' }) },
      { time: expect.any(String), type: 'platform.start', record: { requestId, version: '$LATEST' } },
      { ...common, level: 'INFO', message: { hello: 'world' } },
      { ...common, level: 'INFO', message: 'two\nlines 7' },
      {
        ...common,
        level: 'ERROR',
        message: { errorType: 'TypeError', errorMessage: 'bad', stackTrace: expect.arrayContaining(['TypeError: bad']) },
      },
      {
        ...common,
        level: 'WARN',
        message: expect.stringContaining('with RangeError: late'),
        errorType: 'RangeError',
        errorMessage: 'late',
        stackTrace: expect.any(Array),
      },
      {
        time: expect.any(String),
        type: 'platform.report',
        record: {
          requestId,
          status: 'success',
          metrics: expect.objectContaining({ memorySizeMB: 256, initDurationMs: expect.any(Number) }),
        },
      },
    ]);
    const { metrics } = records.at(-1).record;
    expect(metrics.billedDurationMs).toBe(Math.ceil(metrics.durationMs + metrics.initDurationMs));
  });
});

describe('the system log level', () => {
  const failing = 'exports.lambda_handler = async ({ exit }) => { if (exit) process.exit(1) }';

  it.each([
    ['DEBUG', ['initStart', 'initRuntimeDone', 'initReport', 'start', 'runtimeDone', 'report'], ['runtimeDone', 'report']],
    ['INFO', ['initStart', 'start', 'report'], ['runtimeDone', 'report']],
    ['WARN', [], ['runtimeDone', 'report']],
  ] as const)('%s has these records of what succeeds and of what fails', async (systemLogLevel, succeeds, fails) => {
    const { lambda, create, invoke, line, lines } = createFixture();
    const arn = create('level', failing, { systemLogLevel });
    await invoke(arn);
    await invoke(arn, { exit: true });
    await line((each) => /platform.report.*Runtime.ExitError/.test(each));
    await lambda.stop();
    const records = lines.map((each): { type: string; record: { status?: string } } => JSON.parse(each));
    const types = (failed: boolean): string[] =>
      records
        .filter(({ record }) => (record.status === 'error') === failed)
        .map(({ type }) => type.replace('platform.', ''));
    expect(types(false).filter((type, index, all) => all.indexOf(type) === index)).toEqual(succeeds);
    expect(types(true)).toEqual(fails);
  });
});

describe('the log of a function in text format', () => {
  const fixture = createFixture();
  afterAll(() => fixture.lambda.stop());

  it('has the lines that Lambda prints', async () => {
    const arn = fixture.create('text', code, { logFormat: 'Text' });
    await fixture.invoke(arn);
    const report = await fixture.line((line) => line.startsWith('REPORT'));
    const [requestId = ''] = /[0-9a-f-]{36}/.exec(report) ?? [];
    const text = fixture.lines
      .filter((line) => line !== 'raw')
      .join('\n')
      .replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z/gm, 'TIME');
    expect(text).toMatch(/^INIT_START Runtime Version: nodejs:24/);
    expect(text).toContain(`START RequestId: ${requestId} Version: $LATEST\n`);
    expect(text).toContain(`TIME\t${requestId}\tINFO\t{ hello: 'world' }\n`);
    expect(text).toContain(`TIME\t${requestId}\tINFO\ttwo\nlines 7\n`);
    expect(text).toContain(`TIME\t${requestId}\tDEBUG\tonly if asked for\n`);
    expect(text).toContain(`END RequestId: ${requestId}\n`);
    expect(report).toMatch(
      /^REPORT RequestId: \S+\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 256 MB\t.*Init Duration: \d+\.\d\d ms$/,
    );
  });

  it('tells a timeout', async () => {
    const arn = fixture.create('late', 'exports.lambda_handler = () => { for (;;); }', { logFormat: 'Text', timeout: 1 });
    await fixture.invoke(arn);
    const report = await fixture.line((line) => line.includes('Status: timeout'));
    expect(report).toMatch(/\tDuration: 1000\.00 ms\tBilled Duration: \d+ ms\t/);
    expect(report).toMatch(/\tInit Duration: \d+\.\d\d ms\tStatus: timeout$/);
    const [, duration, billed, init] =
      /\tDuration: ([\d.]+) ms\tBilled Duration: (\d+) ms.*Init Duration: ([\d.]+) ms/.exec(report) ?? [];
    expect(Math.abs(Number(duration) + Number(init) - Number(billed))).toBeLessThanOrEqual(1);
    expect(fixture.lines).toContainEqual(expect.stringMatching(/Task timed out after 1\.00 seconds$/));
  });

  it('tells of an INIT that fails twice before it tells of the invocation', async () => {
    const lines = createFixture();
    const arn = lines.create('broken', 'process.exit(7)', { logFormat: 'Text' });
    await lines.invoke(arn);
    await lines.line((each) => each.startsWith('REPORT'));
    await lines.lambda.stop();
    expect(lines.lines.map((each) => each.replace(/\b[0-9a-f-]{36}\b/, 'ID').replace(/\d+\.\d\d ms/, 'N ms'))).toEqual([
      expect.stringContaining('INIT_START'),
      'INIT_REPORT Init Duration: N ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError',
      expect.stringContaining('INIT_START'),
      'INIT_REPORT Init Duration: N ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError',
      'START RequestId: ID Version: $LATEST',
      'RequestId: ID Error: Runtime exited with error: exit status 7\nRuntime.ExitError',
      'END RequestId: ID',
      expect.stringMatching(/^REPORT RequestId: ID\tDuration: .*\tStatus: error\tError Type: Runtime.ExitError$/),
    ]);
  });
});

it('does not call an invocation failed whose function is deleted right after it has answered', async () => {
  const fixture = createFixture();
  await fixture.invoke(fixture.create('brief', 'exports.lambda_handler = async () => 1'));
  await fixture.lambda.stop();
  expect(fixture.lines.map((line) => JSON.parse(line).record.status)).toEqual([undefined, undefined, 'success']);
});
