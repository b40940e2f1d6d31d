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
    expect(report).toMatch(/Duration: 1000\.00 ms/);
    expect(fixture.lines).toContainEqual(expect.stringMatching(/Task timed out after 1\.00 seconds$/));
  });
});
