import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { curlLine } from '../../../../src/page/curl-line.ts';
import { type Stack, type StartOptions, start } from '../../../../src/twin/index.ts';
import { noShell } from '../../../windows.ts';
import { signedFetch } from '../signer.ts';
import { createKey, poolArn, token } from '../user-pool.ts';

const fixture = await readFile(new URL('../../fixture.yaml', import.meta.url), 'utf8');
const signed = fixture.replace('AuthorizationType: NONE', 'AuthorizationType: AWS_IAM');
const stacks: Stack[] = [];
afterEach(() => Promise.all(stacks.splice(0).map((stack) => stack.stop())));

const run = async (text: string, options: StartOptions = {}): Promise<Stack & { readonly url: string }> => {
  const stack = await start(text, { region: 'eu-west-1', ...options });
  stacks.push(stack);
  return { ...stack, url: `${stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value}/items` };
};

/** Standard output of a command line, and its exit code. */
const shell = async (command: string): Promise<{ code: number; stdout: string }> => {
  const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout };
};

// --aws-sigv4 came with curl 7.75.
const version = (noShell ? '' : (await shell('curl --version')).stdout)
  .match(/^curl (\d+)\.(\d+)/)
  ?.slice(1)
  .map(Number);
const [major = 0, minor = 0] = version ?? [];
const signs = major > 7 || (major === 7 && minor >= 75);
if (!signs) console.warn('The printed curl line is not tried: that needs /bin/sh and a curl that knows --aws-sigv4.');

describe('a stack whose methods ask for AWS_IAM', () => {
  it.runIf(signs)('answers the curl line that is printed for it', async () => {
    const line = curlLine(await run(signed)) ?? '';
    expect(line).toMatch(/^curl -i --aws-sigv4 "aws:amz:eu-west-1:execute-api" --user '?AKIA[A-Z2-7]{16}:/);
    expect((await shell(line)).stdout).toMatch(/^HTTP\/1.1 200 OK/);
    const wrong = line.replace(/(AKIA\w{16}:)\S{4}/, '$1xxxx');
    expect((await shell(wrong)).stdout).toMatch(/^HTTP\/1.1 403 /);
  });

  it('answers what is signed with the key of the stack, and nothing else', async () => {
    const { url, credentials, authorizationTypes } = await run(signed);
    expect([...authorizationTypes]).toEqual(['AWS_IAM']);
    if (!credentials) throw new Error('there are no credentials');
    expect(credentials.region).toBe('eu-west-1');
    expect((await signedFetch(url, { credentials })).status).toBe(200);
    expect((await fetch(url)).status).toBe(403);
  });

  it.each([
    ['says nothing of it', '', 403],
    ['names the method', '/dev/GET/items', 200],
    ['names another', '/dev/DELETE/items', 403],
  ])('takes the credentials of a function if its role %s', async (_name, path, status) => {
    const handler = 'body: JSON.stringify({ greeting: GREETING, table: TABLE, pid: process.pid })';
    const policy = `
      Policies:
        - PolicyName: call
          PolicyDocument:
            Statement: { Effect: Allow, Action: 'execute-api:Invoke', Resource: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:*${path}' }`;
    const ofRole = "Action: 'sts:AssumeRole' }]";
    const text = signed
      .replace(handler, 'body: JSON.stringify(process.env)')
      .replace(ofRole, path === '' ? ofRole : `${ofRole}${policy}`);
    const { url, credentials } = await run(text);
    if (!credentials) throw new Error('there are no credentials');
    const env = (await (await signedFetch(url, { credentials })).json()) as Record<string, string>;
    const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = env;
    const own = { accessKeyId, secretAccessKey, sessionToken: env.AWS_SESSION_TOKEN ?? '' };
    expect((await signedFetch(url, { credentials: own })).status).toBe(status);
  });
});

it('makes no credentials where no method asks for them', async () => {
  expect(await run(fixture)).not.toHaveProperty('credentials');
});

it('has no resource policy: one is rejected by name', async () => {
  const Policy = '{ Statement: { Effect: Deny, Principal: "*", Action: "execute-api:Invoke", Resource: "*" } }';
  const text = fixture.replace('{ Name: greeter }', `{ Name: greeter, Policy: ${Policy} }`);
  await expect(run(text)).rejects.toThrow(
    /^Api \(AWS::ApiGateway::RestApi\): property Policy is .*, which the local twin does not support/,
  );
});

describe('a stack whose methods ask for tokens', () => {
  const authorizer = `  Users:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Name: users
      Type: COGNITO_USER_POOLS
      ProviderARNs: ['${poolArn}']
      IdentitySource: method.request.header.Authorization
`;
  const withTokens = fixture
    .replace('AuthorizationType: NONE', 'AuthorizationType: COGNITO_USER_POOLS\n      AuthorizerId: !Ref Users')
    .replace('  Permission:\n', `${authorizer}  Permission:\n`);

  it('does not start without keys to verify them with', async () => {
    await expect(run(withTokens)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      message: expect.stringMatching(/^Deployment .*: ANY \/items: AuthorizationType is COGNITO_USER_POOLS, .* --jwks$/),
    });
  });

  it('does not start with keys that cannot be read', async () => {
    await expect(run(withTokens, { jwks: '/nowhere/jwks.json' })).rejects.toThrow(
      /^cannot load keys from \/nowhere\/jwks.json/,
    );
  });

  it('answers who has a token', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'items-jwks-'));
    const jwks = join(folder, 'jwks.json');
    const key = createKey('a');
    await writeFile(jwks, JSON.stringify({ keys: [key.jwk] }));
    const stack = await run(withTokens, { jwks });
    await rm(folder, { recursive: true });
    expect((await fetch(stack.url, { headers: { Authorization: token(key) } })).status).toBe(200);
    expect((await fetch(stack.url)).status).toBe(401);
    expect(stack).not.toHaveProperty('credentials');
    expect(curlLine(stack)).toContain(' -H "Authorization: $TOKEN"');
  });
});
