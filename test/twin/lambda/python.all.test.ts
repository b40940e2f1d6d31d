// One file: the tests share an instance of Lambda, and most of it is tables of cases.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionConfiguration } from '../../../src/twin/lambda/lambda.ts';
import { findPython } from '../../../src/twin/lambda/python.ts';
import { python as program, whyNot } from '../../functions/python/python.ts';
import { noShell } from '../../windows.ts';
import { createFixture } from './fixture.ts';

const fixture = createFixture({ python: program });
const { create, invoke, events, lines } = fixture;
afterAll(() => fixture.lambda.stop());

const python = (name: string, code: string, more: Partial<FunctionConfiguration> = {}): string =>
  create(name, code, { runtime: 'python3.13', logGroup: name, ...more });

const failure = (errorType: string, errorMessage: unknown, stackTrace: unknown = []) => ({
  value: { errorType, errorMessage, stackTrace, requestId: expect.stringMatching(/^([0-9a-f-]{36})?$/) },
  functionError: 'Unhandled',
});

describe.skipIf(whyNot !== undefined)('a function in Python', () => {
  beforeAll(() => fixture.lambda.prepareRuntime('python3.13'));

  it('gets its event and its context, and keeps its state between calls', async () => {
    const arn = python(
      'counts',
      `calls = 0

def lambda_handler(event, context):
    global calls
    calls += 1
    left = context.get_remaining_time_in_millis()
    return [calls, event["text"], context.function_name, context.memory_limit_in_mb, 0 < left <= 10000, context.aws_request_id]
`,
    );
    for (const calls of [1, 2])
      expect((await invoke(arn, { text: 'ü\u2028' })).value).toEqual([
        calls,
        'ü\u2028',
        'counts',
        '256',
        true,
        expect.stringMatching(/^[0-9a-f-]{36}$/),
      ]);
    expect(events.filter(({ kind, functionName }) => kind === 'started' && functionName === 'counts')).toHaveLength(1);
  });

  it('sees the standard library only, whatever the machine has, and nothing of its environment', async () => {
    process.env.TWIN_SECRET = 'leaked';
    const arn = python('alone', 'import os, sys\ndef lambda_handler(*_):\n    return [sorted(os.environ), sys.path]\n');
    const [names, path] = (await invoke(arn)).value as [string[], string[]];
    expect(names).not.toContain('TWIN_SECRET');
    expect(names).toContain('AWS_SESSION_TOKEN');
    expect(path.filter((folder) => /(site|dist)-packages/.test(folder))).toEqual([]);
  });

  it('answers with any JSON, decimals with all their digits', async () => {
    const arn = python(
      'numbers',
      `from decimal import Decimal
def lambda_handler(event, context):
    return {"exact": str(Decimal("0.1")), "decimal": Decimal("12345678901234567890.5"), "bytes": None}
`,
    );
    const { value } = await invoke(arn);
    expect(value).toEqual({ exact: '0.1', decimal: 12345678901234567000, bytes: null });
  });

  it.each<[string, string, unknown]>([
    ['bytes as text', 'return {"body": b"abc", b"n": 1}', { body: 'abc', n: 1 }],
    [
      'named tuples as objects',
      'from collections import namedtuple; return [namedtuple("Size", "w h")(1, (2, 3))]',
      [{ w: 1, h: [2, 3] }],
    ],
    ['text that looks like the mark of a decimal', 'return ["\\0decimal 1", "decimal 1"]', ['\0decimal 1', 'decimal 1']],
    ['an identity without values', 'return [context.identity.cognito_identity_id, context.client_context]', [null, null]],
  ])("answers with %s, as AWS's encoder does", async (what, code, expected) => {
    const arn = python(what.replaceAll(' ', '-'), `def lambda_handler(event, context):\n    ${code}\n`);
    expect(await invoke(arn)).toMatchObject({ value: expected });
  });

  it.each<[string, string, ReturnType<typeof failure>]>([
    [
      'returns a list that holds itself',
      'def lambda_handler(event, context):\n    own = []\n    own.append({"own": own})\n    return own\n',
      failure('Runtime.MarshalError', 'Unable to marshal response: Circular reference detected'),
    ],
    [
      'returns bytes that are no text',
      'def lambda_handler(event, context):\n    return [b"\\xff"]\n',
      failure('Runtime.MarshalError', expect.stringContaining("'utf-8' codec can't decode byte 0xff")),
    ],
    [
      'logs a lone surrogate',
      'import logging\ndef lambda_handler(event, context):\n    logging.error("\\ud800")\n',
      failure('UnicodeEncodeError', expect.stringContaining('surrogates not allowed'), expect.any(Array)),
    ],
    [
      'divides by zero',
      'def lambda_handler(event, context):\n    return 1 / 0\n',
      failure('ZeroDivisionError', 'division by zero', [
        expect.stringMatching(/^ {2}File ".*index\.py", line 2, in lambda_handler\n {4}return 1 \/ 0\n$/),
      ]),
    ],
    [
      'raises',
      'def inner():\n    raise ValueError("broken lamp")\ndef lambda_handler(event, context):\n    inner()\n',
      failure('ValueError', 'broken lamp', [
        expect.stringMatching(/index\.py", line 4, in lambda_handler\n {4}inner\(\)\n/),
        expect.stringMatching(/index\.py", line 2, in inner\n/),
      ]),
    ],
    [
      'returns a set',
      'def lambda_handler(event, context):\n    return {1}\n',
      failure('Runtime.MarshalError', expect.stringMatching(/^Unable to marshal response: /)),
    ],
    [
      'does not parse',
      'def lambda_handler(event, context)\n    pass\n',
      failure('Runtime.UserCodeSyntaxError', expect.stringMatching(/^Syntax error in module 'index': /), [
        expect.stringContaining('Line 1'),
      ]),
    ],
    [
      'imports what is not there',
      'import no_such_module\n',
      failure('Runtime.ImportModuleError', "Unable to import module 'index': No module named 'no_such_module'"),
    ],
    ['has no handler', 'x = 1\n', failure('Runtime.HandlerNotFound', "Handler 'lambda_handler' missing on module 'index'")],
    [
      'fails as it is loaded',
      'raise RuntimeError("no luck")\n',
      failure('RuntimeError', 'no luck', expect.arrayContaining([expect.stringContaining('index.py"')])),
    ],
  ])('that %s says so', async (what, code, expected) => {
    const arn = python(what.replaceAll(' ', '-'), code);
    expect(await invoke(arn)).toMatchObject(expected);
    expect(await invoke(arn)).toMatchObject(expected);
  });

  it.each<[string, string, Partial<FunctionConfiguration>, string, RegExp]>([
    [
      'ends its process',
      'import sys\ndef lambda_handler(*_):\n    sys.exit(3)\n',
      {},
      'Runtime.ExitError',
      /exit status 3$/,
    ],
    [
      'returns a lone surrogate',
      'def lambda_handler(*_):\n    return "\\ud800"\n',
      {},
      'Runtime.ExitError',
      /exit status 1$/,
    ],
    [
      'takes too long',
      'import time\ndef lambda_handler(*_):\n    time.sleep(60)\n',
      { timeout: 1 },
      'Sandbox.Timedout',
      /timed out after 1\.00/,
    ],
    [
      'takes too much memory',
      'def lambda_handler(*_):\n    return len(b"x" * 300_000_000)\n',
      { memorySize: 128 },
      'Runtime.OutOfMemory',
      /signal: killed$/,
    ],
  ])('that %s is ended', async (what, code, more, errorType, message) => {
    const { value, functionError } = await invoke(python(what.replaceAll(' ', '-'), code, more));
    expect([value, functionError]).toEqual([{ errorType, errorMessage: expect.stringMatching(message) }, 'Unhandled']);
  });

  const logging = `import logging
log = logging.getLogger("shop")
def lambda_handler(event, context):
    print("printed")
    log.debug("quiet")
    log.warning("two\\nlines")
    log.error({"lamp": 1}, extra={"item": "lamp"})
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("caught")
`;

  it('logs JSON records from its level on, each an event', async () => {
    await invoke(python('json-logs', logging, { logFormat: 'JSON' }));
    await fixture.line((line) => line.includes('"caught"'));
    const records = lines.filter((line) => line.includes('"logger"')).map((line) => JSON.parse(line));
    expect(records).toMatchObject([
      { level: 'WARNING', message: 'two\nlines', logger: 'shop', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { level: 'ERROR', message: { lamp: 1 }, item: 'lamp' },
      { level: 'ERROR', message: 'caught', errorType: 'ZeroDivisionError', errorMessage: 'division by zero' },
    ]);
    expect(lines).toContain('printed');
  });

  it('keeps what Lambda says of a record apart from what its extra says, and its levels to the known ones', async () => {
    const code = `import logging
def lambda_handler(event, context):
    logging.log(35, "custom", extra={"requestId": "r", "level": "L", "item": object})
`;
    await invoke(python('extra', code, { logFormat: 'JSON' }));
    expect(JSON.parse(await fixture.line((line) => line.includes('"custom"')))).toEqual({
      timestamp: expect.stringMatching(/^2/),
      level: 'WARNING',
      message: 'custom',
      logger: 'root',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      item: "<class 'object'>",
    });
  });

  it('logs an error without a message by its type alone', async () => {
    await invoke(python('silent', 'def lambda_handler(*_):\n    raise ValueError()\n', { logFormat: 'Text' }));
    expect(await fixture.line((line) => line.startsWith('[ERROR] ValueError'))).toMatch(/^\[ERROR\] ValueError\nTraceback/);
  });

  it('logs text as Lambda does', async () => {
    await invoke(python('text-logs', logging, { logFormat: 'Text' }));
    expect(await fixture.line((line) => line.startsWith('[WARNING]'))).toMatch(
      /^\[WARNING\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t[0-9a-f-]{36}\ttwo\nlines$/,
    );
  });
});

describe('the interpreter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'items-python-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.skipIf(whyNot !== undefined)('is asked for its version and its place', async () => {
    expect(await findPython('F', program)).toEqual({
      version: expect.stringMatching(/^3\.\d+\.\d+$/),
      executable: expect.stringMatching(/^\/.*python/),
    });
  });

  const rejected = (name: string): Promise<unknown> =>
    findPython('F has the Runtime python3.13', name).catch((error: unknown) => error);
  const file = (name: string, text: string, mode: number): string => {
    writeFileSync(join(folder, name), text, { mode });
    return join(folder, name);
  };

  it('that is missing, or is none, is told by name', async () => {
    expect(await rejected('/none')).toMatchObject({
      code: 'RUNTIME_MISSING',
      message:
        'F has the Runtime python3.13, but there is no file /none. Install Python 3.9 or later, or name one with --python PATH.',
    });
    expect(await rejected(process.execPath)).toMatchObject({
      message: expect.stringContaining('is not a Python 3 interpreter: '),
    });
    expect(await rejected('')).toMatchObject({ message: expect.stringContaining('but --python is empty.') });
    expect(await rejected('no-such-python')).toMatchObject({
      message: expect.stringContaining('there is no program no-such-python on PATH.'),
    });
    expect(await rejected(folder)).toMatchObject({
      message: expect.stringContaining(`${folder} is a directory, not a program.`),
    });
    expect(await rejected('.')).toMatchObject({ message: expect.stringContaining('. is a directory, not a program.') });
  });

  it.skipIf(noShell)('that cannot be executed, or says nothing, is told by name (needs /bin/sh)', async () => {
    const plain = file('plain', '#!/bin/sh\n', 0o644);
    expect(await rejected(plain)).toMatchObject({
      message: expect.stringContaining(`${plain} cannot be executed: its permissions`),
    });
    const script = file('script', '#!/none\n', 0o755);
    expect(await rejected(script)).toMatchObject({
      message: expect.stringContaining(`${script} is a script whose interpreter is not`),
    });
    const silent = file('silent', '#!/bin/sh\n', 0o755);
    expect(await rejected(silent)).toMatchObject({
      message: expect.stringContaining('its version check returns no version.'),
    });
  });

  it.skipIf(noShell)('that is too old is told its version (needs /bin/sh)', async () => {
    const old = join(folder, 'python3');
    writeFileSync(old, '#!/bin/sh\necho "3.8.10 /usr/bin/python3.8"\n', { mode: 0o755 });
    await expect(findPython('F', old)).rejects.toThrow(
      'F, but /usr/bin/python3.8 is Python 3.8.10, older than the 3.9 that the twin needs. Name another one with --python PATH.',
    );
  });
});
