import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { noSignals } from '../windows.ts';
import { endAfterEach, items, local, shell } from './running.ts';

endAfterEach();

const folder = mkdtempSync(join(tmpdir(), 'items-hangs-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An interpreter that never tells its version. What it starts holds its other file, a pipe, open. */
const hanging = (): string => {
  const file = join(folder, 'python3');
  writeFileSync(file, '#!/bin/sh\nsleep 1000 3> "$0.pipe" &\nwait\n', { mode: 0o755 });
  return file;
};

const python = ['--template', 'template.python.yaml', '--memory', '--port', '0'];

describe.skipIf(noSignals)('a start that something hangs (needs signals and /bin/sh)', () => {
  it('tells that it waits for the interpreter, and gives up after one bound', async () => {
    const program = hanging();
    const { code, stderr } = await items('local', ...python, '--python', program).end();
    expect(code).toBe(1);
    expect(stderr.split('\n')).toEqual([
      `waiting up to 10 s for ${program} to print its version`,
      expect.stringMatching(
        /Function \(AWS::Lambda::Function\): .* did not print its version within 10 s\. It is not a Python interpreter, or it hangs\./,
      ),
      '',
    ]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with %s while the interpreter hangs', async (signal) => {
    const program = hanging();
    const ended = shell(`rm -f "${program}.pipe"; mkfifo "${program}.pipe" && cat "${program}.pipe"`);
    const { child, errorLine, end } = items('local', ...python, '--python', program);
    await errorLine(/^waiting up to 10 s for /);
    child.kill(signal);
    expect(await end()).toMatchObject({ code: 0, signal: null });
    // Nothing of the interpreter is left.
    await ended;
  });

  it('tells that it waits for a DynamoDB endpoint or a key set, and ends with SIGTERM', async () => {
    // It accepts connections, and never answers.
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const product = ['--template', 'template.yaml', '--port', '0'];
    const database = items('local', ...product, '--dynamodb-endpoint', url);
    await database.errorLine(new RegExp(`^waiting for the DynamoDB endpoint ${url} to create the table `));
    database.child.kill('SIGTERM');
    const keys = local('--jwks', url);
    await keys.errorLine(new RegExp(`^waiting for the JSON Web Key Set ${url}`));
    keys.child.kill('SIGTERM');
    for (const { end } of [database, keys]) expect(await end()).toMatchObject({ code: 0, signal: null });
    server.close();
  });
});
