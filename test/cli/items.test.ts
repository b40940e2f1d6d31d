import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { noShell, noSignals } from '../windows.ts';

const program = fileURLToPath(new URL('../../bin/items.mjs', import.meta.url));
const product = fileURLToPath(new URL('../../template.yaml', import.meta.url));
const template = fileURLToPath(new URL('../local/fixture.yaml', import.meta.url));
interface Run {
  readonly child: ChildProcess;
  /** Waits for a line of standard output. */
  line(pattern: RegExp): Promise<string>;
  /** Waits for the exit. */
  end(): Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }>;
}

const started: Run[] = [];

/** Runs `items` as its own process group, as a terminal does. */
const items = (...args: string[]): Run => {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const out: string[] = [];
  let stderr = '';
  let wake = () => {};
  createInterface(child.stdout)
    .on('line', (line) => {
      out.push(line);
      wake();
    })
    .on('close', () => wake());
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const line = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = out.find((one) => pattern.test(one));
      if (found !== undefined) return found;
      if (child.stdout.readableEnded) throw new Error(`no line ${pattern} in\n${out.join('\n')}\n${stderr}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const end = async () => {
    const [code, signal] = await closed;
    return { code, signal, stdout: out.join('\n'), stderr };
  };
  const run = { child, line, end };
  started.push(run);
  return run;
};

const local = (...args: string[]) => items('local', '--template', template, '--memory', '--port', '0', ...args);

/** What the shell makes of a command line. */
const shell = async (command: string): Promise<string> => {
  const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  await once(child, 'close');
  return stdout;
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Gives a changed copy of the fixture to `use`. */
const withTemplate = async (change: (text: string) => string, use: (file: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'items-cli-'));
  try {
    writeFileSync(join(folder, 'template.yaml'), change(readFileSync(template, 'utf8')));
    await use(join(folder, 'template.yaml'));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

afterEach(async () => {
  for (const run of started.splice(0)) {
    if (run.child.exitCode === null) run.child.kill('SIGTERM');
    await run.end();
  }
});

describe.skipIf(noSignals)('items local (needs signals and /bin/sh)', () => {
  it('says at start which functions cannot reach the table, and which hop is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'items-cli-'));
    const file = join(folder, 'template.yaml');
    const text = readFileSync(product, 'utf8');
    const cut = text.replace(
      'RouteTableIds: [!Ref PrivateRouteTable1,!Ref PrivateRouteTable2]',
      'RouteTableIds: [!Ref PrivateRouteTable1]',
    );
    expect(cut).not.toBe(text);
    writeFileSync(file, cut);
    const options = ['--parameter', 'AuthorizationType=NONE', '--parameter', 'NatGateways=None'];
    const { child, line, end } = items('local', '--template', file, '--memory', '--port', '0', ...options);
    await line(/^curl /);
    child.kill('SIGINT');
    expect((await end()).stderr).toMatch(
      /GetItemFunction \(items-local-GetItem\).* cannot reach DynamoDB, .*its route table PrivateRouteTable2 \(rtb-\w+\) has neither a gateway endpoint .* nor routes/,
    );
    rmSync(folder, { recursive: true });
  });

  it('prints outputs, a curl line that works, and a line a request; Ctrl-C twice leaves nothing', async () => {
    const { child, line, end } = local();
    const invokeUrl = (await line(/^ApiInvokeUrl {2}http/)).split('  ')[1];
    expect(await line(/^Zone/)).toBe('Zone          us-east-1a');
    const response = await shell(await line(/^curl /));
    expect(response).toMatch(/^HTTP\/1.1 200 OK/);
    const { pid } = JSON.parse(response.split('\r\n\r\n')[1] ?? '') as { pid: number };
    expect(await line(/POST/)).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} 200 POST \/dev\/items \d+ ms items-local-Function-\w+ [0-9a-f-]{36}$/,
    );
    // A terminal signals the whole group, and npm passes the signal on once more.
    process.kill(-(child.pid ?? 0), 'SIGINT');
    child.kill('SIGINT');
    expect(await end()).toMatchObject({ code: 0, stderr: expect.stringMatching(/^\/greeter .*WARN.*greeting/) });
    expect(isAlive(pid)).toBe(false);
    await expect(fetch(`${invokeUrl}/items`)).rejects.toThrow();
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
      const invokeUrl = (await second.line(/^ApiInvokeUrl /)).split(/ +/)[1];
      const read = await fetch(`${invokeUrl}/items/${(JSON.parse(item) as { id: string }).id}`);
      expect(await read.json()).toEqual(JSON.parse(item));
      second.child.kill('SIGTERM');
      expect(await second.end()).toMatchObject({ code: 0, stderr: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('stops when it is told to while it starts', async () => {
    // A database that accepts and never answers.
    const server = createTcpServer().listen(0, '127.0.0.1');
    const connected = once(server, 'connection') as Promise<[Socket]>;
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { child, end } = items('local', '--template', template, '--port', '0', '--dynamodb-endpoint', endpoint);
    const [socket] = await connected;
    child.kill('SIGTERM');
    expect(await end()).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    socket.destroy();
    server.close();
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
        const { stderr } = await end();
        expect(stderr).toMatch(/^\/greeter out of luck$/m);
        expect(stderr).toMatch(/^\/greeter \{.*"platform.report".*"status":"error","errorType":"Runtime.ExitError"/m);
        expect(stderr).toMatch(/^API-Gateway-Execution-Logs_\w+\/dev .*Runtime exited with error: exit status 3$/m);
      },
    );
  });

  it('prints how to sign a request, where methods ask for that', async () => {
    const { line } = items('local', '--template', product, '--memory', '--port', '0');
    expect(await line(/^curl /)).toMatch(/^curl -i --aws-sigv4 "aws:amz:us-east-1:execute-api" --user AKIA\w{16}:\S+ http/);
  });

  it('refuses methods that ask for tokens without the keys to verify them', async () => {
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
      stderr: expect.stringMatching(/^cannot take keys from \/nowhere\/jwks\.json: .* with --jwks\n$/),
    });
  });

  it('answers what is under way when it is told to stop, and refuses nothing', async () => {
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
    const shellArgs = ['-c', `{ ${command}; } | head -n 1`, process.execPath, program, template];
    const child = spawn('/bin/sh', shellArgs, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    // What is written next finds the pipe broken.
    await fetch(`${line.split('  ')[1]}/items`).catch(() => {});
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
      /^Table .*: DynamoDB endpoint http:\/\/127\.0\.0\.1:1 cannot be used: .*--dynamodb-endpoint/,
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
    expect(stderr).toMatch(/^No temporary folder for the code of functions: .*TMPDIR.*\n$/);
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
