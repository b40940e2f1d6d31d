import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { noSignals } from '../windows.ts';

import { endAfterEach, items, local, product, program, shell, template, urlOf, withTemplate } from './running.ts';

endAfterEach();

describe.skipIf(noSignals)('items local (needs signals and /bin/sh)', () => {
  it('says at start which functions cannot reach the table, and which hop is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'items-cli-'));
    const file = join(folder, 'template.yaml');
    const text = readFileSync(product, 'utf8');
    const cut = text.replace(
      'RouteTableIds: [!Ref PrivateRouteTable1, !Ref PrivateRouteTable2]',
      'RouteTableIds: [!Ref PrivateRouteTable1]',
    );
    expect(cut).not.toBe(text);
    writeFileSync(file, cut);
    const options = ['--parameter', 'AuthorizationType=NONE', '--parameter', 'NatGateways=None'];
    const { child, line, end } = items('local', '--template', file, '--memory', '--port', '0', ...options);
    await line(/^curl /);
    child.kill('SIGINT');
    expect((await end()).stderr).toMatch(
      /GetItemFunction \(items-local-GetItem\).* cannot reach DynamoDB; .*its route table PrivateRouteTable2 \(rtb-\w+\) has neither a gateway endpoint .* nor routes/,
    );
    rmSync(folder, { recursive: true });
  });

  it('puts the API key into the curl line', async () => {
    const { line } = local('--parameter', 'WithKey=false', '--parameter', 'WithKey=true');
    const command = await line(/^curl /);
    expect(command).toMatch(/ -H 'x-api-key: [A-Za-z0-9]{20,128}'/);
    expect(await shell(command)).toMatch(/^HTTP\/1.1 200 OK/);
  });

  it('keeps its tables in the folder of --data', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'items-cli-'));
    try {
      const open = ['--template', product, '--parameter', 'AuthorizationType=NONE', '--port', '0'];
      const first = items('local', ...open, '--data', join(folder, 'data'));
      const response = await shell(await first.line(/^curl /));
      expect(response).toMatch(/^HTTP\/1.1 201 Created/);
      const item = response.split('\r\n\r\n')[1] ?? '';
      first.child.kill('SIGTERM');
      expect(await first.end()).toMatchObject({ code: 0, stderr: '' });
      const second = items('local', ...open, '--data', join(folder, 'data'));
      const invokeUrl = await urlOf(second);
      const read = await fetch(`${invokeUrl}/items/${(JSON.parse(item) as { id: string }).id}`);
      expect(await read.json()).toEqual(JSON.parse(item));
      second.child.kill('SIGTERM');
      expect(await second.end()).toMatchObject({ code: 0, stderr: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('serves the page of this API until it is told to stop', async () => {
    const { child, line, end } = items('local', '--template', product, '--memory', '--port', '0');
    const url = (await line(/^ {2}Docs +http/)).trim().split(/ +/)[1] ?? '';
    await line(/^curl /);
    expect(await (await fetch(url)).text()).toMatch('<title>Items API</title>');
    child.kill('SIGINT');
    expect(await end()).toMatchObject({ code: 0, stderr: '' });
    await expect(fetch(url)).rejects.toThrow();
  });

  it('says why a request failed', async () => {
    await withTemplate(
      (text) =>
        text
          .replace("console.warn('greeting');", "process.stderr.write('out of luck\\n'); process.exit(3);")
          .replace('LoggingConfig: { LogGroup: !Ref Logs }', 'LoggingConfig: { LogGroup: !Ref Logs, LogFormat: JSON }'),
      async (file) => {
        const { child, line, end } = items('local', '--template', file, '--memory', '--port', '0');
        expect(await shell(await line(/^curl /))).toMatch(/^HTTP\/1.1 502/);
        child.kill('SIGTERM');
        const { stdout, stderr } = await end();
        expect(stderr).toMatch(/^items-local-Function-\w+: STDERR out of luck$/m);
        expect(stdout).toMatch(/ 502 GET \/dev\/items .*: .*Runtime exited with error: exit status 3$/m);
      },
    );
  });

  it('warns of a syntax error in the code of a function, and goes on when nobody reads its warnings', async () => {
    await withTemplate(
      (text) => text.replace("console.warn('greeting');", 'return );'),
      async (file) => {
        const { child, line, errorLine, end } = items('local', '--template', file, '--memory', '--port', '0');
        await errorLine(
          /^warning: Function \(items-local-Function-\w+\): its code has a syntax error in line 2, "return \);": /,
        );
        child.stderr?.destroy();
        const curl = await line(/^curl /);
        for (const _attempt of [1, 2]) expect(await shell(curl)).toMatch(/^HTTP\/1.1 502/);
        child.kill('SIGINT');
        expect(await end()).toMatchObject({ code: 0, signal: null });
      },
    );
  });

  it('prints how to sign a request, where methods ask for that', async () => {
    const { line } = items('local', '--template', product, '--memory', '--port', '0');
    expect(await line(/^curl /)).toMatch(/^curl -i --aws-sigv4 "aws:amz:us-east-1:execute-api" --user AKIA\w{16}:\S+ http/);
  });

  it('rejects methods that ask for tokens without the keys to verify them', async () => {
    const UserPoolArn = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Example';
    const parameters = ['AuthorizationType=COGNITO_USER_POOLS', `UserPoolArn=${UserPoolArn}`];
    const options = parameters.flatMap((parameter) => ['--parameter', parameter]);
    const { end } = items('local', '--template', product, '--memory', '--port', '0', ...options);
    expect(await end()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ (GET|POST) \/items: AuthorizationType is COGNITO_USER_POOLS, .* with --jwks\n$/),
    });
    const unread = local('--jwks', '/nowhere/jwks.json');
    expect(await unread.end()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^cannot load keys from \/nowhere\/jwks\.json: .* with --jwks\n$/),
    });
  });

  it('answers what is under way when it is told to stop, and rejects nothing', async () => {
    // The key is deleted first, then these tables, which takes a moment, and only then the stage.
    const table = (number: number) => `  Last${number}:
    Type: AWS::DynamoDB::Table
    DependsOn: Stage
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
`;
    await withTemplate(
      (text) => text.replace('  Key:\n', `${Array.from({ length: 20 }, (_, index) => table(index)).join('')}  Key:\n`),
      async (file) => {
        const options = ['--memory', '--port', '0', '--parameter', 'WithKey=true'];
        const { child, line, end } = items('local', '--template', file, ...options);
        const [, url = '', key = ''] = /(http\S+).* -H 'x-api-key: (\w+)'/.exec(await line(/^curl /)) ?? [];
        const statuses = new Set<number>();
        const ask = async (): Promise<void> => {
          for (;;) statuses.add((await fetch(url, { headers: { 'x-api-key': key } })).status);
        };
        const load = Array.from({ length: 8 }, () => ask().catch(() => {}));
        await line(/ 200 GET /);
        child.kill('SIGINT');
        await Promise.all(load);
        expect([...statuses]).toEqual([200]);
        expect((await end()).code).toBe(0);
      },
    );
  });

  it('ends when nobody reads its output any more', async () => {
    const command = `"$0" "$1" local --template "$2" --memory --port 0; echo "exit code $?" >&2`;
    const shellArgs = ['-c', `{ ${command}; } | head -n 3`, process.execPath, program, template];
    const child = spawn('/bin/sh', shellArgs, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    const url = await new Promise<string>((resolve) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line.startsWith('http')) resolve(line.split(' ')[0] ?? '');
      });
    });
    // A line for the request finds the pipe broken, unless another one did before.
    await fetch(`${url}/items`).catch(() => {});
    await once(child, 'close');
    expect(stderr).toMatch(/exit code 0\n$/);
  });

  it('prints everything with --verbose', async () => {
    const { child, line, end } = local('--verbose');
    await shell(await line(/^curl /));
    child.kill('SIGINT');
    expect((await end()).stderr).toMatch(/^\/greeter .*START/m);
  });
});
