import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { noShell } from '../windows.ts';

import { endAfterEach, items, program, template } from './running.ts';

endAfterEach();

describe('what the user got wrong is one clear message and exit code 1', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['locl'], /unknown command 'locl'\n\(Did you mean local\?\)/],
    [
      'an unknown option',
      ['local', '--prot', '1'],
      /unknown option '--prot'\n\(Did you mean --port\?\)\n\(items local --help lists its options\)\n$/,
    ],
    ['an option that nothing is like', ['deploy', '--bad', 'dev'], /'--bad'\n\(items deploy --help lists its options\)\n$/],
    ['no environment', ['deploy'], /^no environment is named: there are dev, prod; choose one of them\n$/],
    ['no environment to destroy', ['destroy'], /^no environment is named: there are dev, prod; choose one of them\n$/],
    ['a port that is none', ['local', '--port', '70000'], /A port is a number from 0 to 65535\./],
    ['a parameter without a value', ['local', '--parameter', 'Stage'], /A parameter is given as Key=Value\./],
    [
      'a missing file',
      ['local', '--template', '/nowhere.yaml'],
      /^cannot read the template \/nowhere.yaml: there is no such file; .*--template\n$/,
    ],
    [
      'an unknown parameter',
      ['local', '--template', template, '--memory', '--parameter', 'X=1'],
      /^the template has no parameter X; its parameters are Greeting, WithKey\n$/,
    ],
    ['two places for the tables', ['local', '--memory', '--data', 'x'], /'--memory' cannot be used with option '--data/],
    ['a data folder that is a file', ['local', '--template', template, '--data', template], /^The data folder .* --data/],
    ['a data folder without a name', ['local', '--template', template, '--data', ''], /^The data folder has no name/],
    [
      'a database that is not there',
      ['local', '--template', template, '--dynamodb-endpoint', 'http://127.0.0.1:1'],
      /^line 14: Table .*: DynamoDB endpoint http:\/\/127\.0\.0\.1:1 cannot be used: .*--dynamodb-endpoint/,
    ],
    ['an operand', ['local', 'template.yaml'], /too many arguments/],
  ])('%s', async (_name, args, message) => {
    const { code, stdout, stderr } = await items(...args).end();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it.skipIf(noShell)('no folder for temporary files: nothing stays that has started before (needs TMPDIR)', async () => {
    const child = spawn(process.execPath, [program, 'local', '--template', template, '--memory'], {
      env: { ...process.env, TMPDIR: template },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    // A database that was left running would keep the process from ending.
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(stderr).toMatch(/^Cannot create a temporary folder: .*TMPDIR.*\n$/);
  });

  it('a taken port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await items('local', '--template', template, '--memory', '--port', String(port)).end();
    server.close();
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(new RegExp(`^.*${port}.*--port.*\n$`)) });
  });
});

it('explains itself', async () => {
  const { code, stdout } = await items('local', '--help').end();
  expect(code).toBe(0);
  for (const option of ['template', 'port', 'parameter', 'data', 'memory', 'dynamodb-endpoint', 'region', 'verbose']) {
    expect(stdout).toContain(`--${option}`);
  }
});
