import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Endpoint, openEndpoint, type Request, recorded } from '../deploy/endpoint.ts';

const program = resolve('src/cli/items.ts');
let folder: string;
let endpoint: Endpoint;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-deploy-'));
  mkdirSync(join(folder, 'environments'));
  writeFileSync(join(folder, 'environments/mini.json'), '{"stackName":"items-mini","tags":{"Environment":"mini"}}');
  copyFileSync('test/deploy/recorded/mini.yaml', join(folder, 'template.yaml'));
});

afterEach(async () => {
  await endpoint?.close();
  rmSync(folder, { recursive: true });
});

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const credentials = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' };

/** Runs `items` with no terminal, no configuration of this machine, and the endpoint. */
const items = async (args: readonly string[], environment: NodeJS.ProcessEnv = credentials): Promise<Result> => {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: endpoint.url,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  interrupt = () => void child.kill('SIGINT');
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
};

let interrupt = (): void => {};

const open = async (answers: readonly Answer[], onRequest?: Parameters<typeof openEndpoint>[1]): Promise<void> => {
  endpoint = await openEndpoint(answers, onRequest);
};

const asked = (): string[] => endpoint.requests.map(({ action }) => action);

const parametersOf = (action: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(endpoint.requests.find((request) => request.action === action)?.body));

/** The recorded answers with one action's changed. */
const changed = (name: string, action: string, change: (body: string) => string): Answer[] =>
  recorded(name).map((answer) => (answer.action === action ? { ...answer, body: change(answer.body) } : answer));

describe('items deploy', () => {
  it('creates the stack, and shows what is added, its progress and its outputs', async () => {
    await open(recorded('create'));
    expect(await items(['deploy', 'mini'])).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^template\.yaml as the stack items-mini in us-east-1\n\nadded \(2\)\n {2}AWS::Logs::LogGroup {2}Log\n {2}AWS::SNS::Topic {6}Topic\n\n1 of 2 {2}0:00 {2}CREATE_COMPLETE {2}AWS::\S+ \w+\n2 of 2 .*\n\nitems-mini is deployed, in 0:\d\d\n\nTopicArn {2}arn:aws:sns:\S+\n$/,
      ),
    });
    expect(parametersOf('CreateChangeSet')).toMatchObject({
      ChangeSetType: 'CREATE',
      ChangeSetName: expect.stringMatching(/^items-[0-9a-f-]{36}$/),
      'Capabilities.member.1': 'CAPABILITY_IAM',
      'Parameters.member.1.ParameterKey': 'TopicName',
      'Parameters.member.1.ParameterValue': 'items-mini',
      'Tags.member.1.Key': 'Environment',
      'Tags.member.1.Value': 'mini',
    });
    expect(parametersOf('CreateChangeSet')).not.toHaveProperty('Capabilities.member.2');
  });

  it('says that there is nothing to change, and leaves no change set', async () => {
    await open(recorded('same'));
    const { code, stdout } = await items(['deploy', 'mini']);
    expect(stdout).toMatch(
      /\n\nNothing to change: items-mini is as template\.yaml and \S+mini\.json say\.\n\nTopicArn {2}arn/,
    );
    expect(code).toBe(0);
    expect(asked()).toContain('DeleteChangeSet');
    expect(asked()).not.toContain('ExecuteChangeSet');
  });

  it('does not replace anything unasked, and leaves no change set', async () => {
    await open(recorded('replace'));
    const { code, stdout, stderr } = await items(['deploy', 'mini', '--parameter', 'TopicName=other']);
    expect(stdout).toContain('replaced (1)\n  Topic  AWS::SNS::Topic  TopicName (parameter TopicName)\n');
    expect(stderr).toBe('resources would be replaced or removed, and there is no terminal to ask on: give --yes to agree\n');
    expect(code).toBe(1);
    expect(asked()).toContain('DeleteChangeSet');
    expect(asked()).not.toContain('ExecuteChangeSet');
    expect(parametersOf('CreateChangeSet')).toMatchObject({ 'Parameters.member.1.ParameterValue': 'other' });
  });

  it('names the first resource that failed, its reason, and the state of the stack', async () => {
    await open(recorded('fail'));
    expect(await items(['deploy', 'mini'])).toMatchObject({
      code: 1,
      stderr:
        'Stream (AWS::Logs::LogStream) failed: AWS::Logs::LogStream: The specified log group does not exist: none\nthe stack items-mini is in the state UPDATE_ROLLBACK_COMPLETE, as it was before the deployment\n',
    });
  });

  it('tells why CloudFormation does not accept a change set, and leaves neither it nor its empty stack', async () => {
    const answers = changed('create', 'DescribeChangeSet', (body) =>
      body.replace('<Status>CREATE_COMPLETE', '<Status>FAILED').replace('<StatusReason>', '<StatusReason>Validation failed'),
    );
    const [created] = answers.filter(({ action }) => action === 'DescribeStacks').slice(-1);
    const review = { ...created, body: created?.body.replace('CREATE_COMPLETE', 'REVIEW_IN_PROGRESS') ?? '' } as Answer;
    const rest = answers.filter((answer) => answer !== created);
    const empty = (action: string) => ({
      action,
      status: 200,
      body: `<${action}Response><${action}Result/></${action}Response>`,
    });
    const fault =
      '<LogicalResourceId>Topic</LogicalResourceId><ResourceType>AWS::SNS::Topic</ResourceType><ValidationStatusReason>wrong</ValidationStatusReason>';
    const events = {
      ...empty('DescribeEvents'),
      body: `<R><DescribeEventsResult><OperationEvents><member>${fault}</member></OperationEvents></DescribeEventsResult></R>`,
    };
    await open([...rest, review, events, ...['DeleteChangeSet', 'ListChangeSets', 'DeleteStack'].map(empty)]);
    expect(await items(['deploy', 'mini'])).toMatchObject({
      code: 1,
      stderr:
        'CloudFormation does not accept the changes to items-mini: Validation failed\nTopic (AWS::SNS::Topic): wrong\n',
    });
    expect(asked().filter((action) => /^(Delete|Execute)/.test(action))).toEqual(['DeleteChangeSet', 'DeleteStack']);
  });

  it('stops at Ctrl-C and says that CloudFormation does not', async () => {
    const answers = recorded('create');
    const [before] = answers.filter(({ action }) => action === 'DescribeStackEvents');
    const isFollowing = (requests: readonly Request[]) =>
      requests.filter(({ action }) => action === 'DescribeStackEvents').length === 2;
    await open(
      answers.filter((answer) => answer.action !== 'DescribeStackEvents' || answer === before),
      (_, requests) => isFollowing(requests) && interrupt(),
    );
    expect(await items(['deploy', 'mini'])).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(
        /^interrupted; CloudFormation goes on with items-mini: look with "aws cloudformation describe/,
      ),
    });
  });

  it.each([
    ['ROLLBACK_COMPLETE', 'it was never complete, so delete it with "npm run destroy -- mini" and deploy again'],
    ['DELETE_FAILED', 'finish the deletion with "npm run destroy -- mini", then deploy again'],
    ['UPDATE_IN_PROGRESS', 'an operation is under way: wait until it has ended, and try again'],
  ])('does not touch a stack in the state %s', async (status, remedy) => {
    await open(changed('same', 'DescribeStacks', (body) => body.replace('CREATE_COMPLETE', status)));
    expect(await items(['deploy', 'mini'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `the stack items-mini is in the state ${status} and cannot be updated: ${remedy}\n`,
    });
    expect(asked()).toEqual(['DescribeStacks']);
  });

  it.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
    [
      'an unknown environment',
      ['nope'],
      credentials,
      /^there is no environment nope: there are mini; choose one of them, or write /,
    ],
    ['a path', ['../mini'], credentials, /^there is no environment \.\.\/mini: /],
    [
      'an unknown parameter',
      ['mini', '--parameter', 'A=1'],
      credentials,
      /^template\.yaml has no parameter A; its parameters are /,
    ],
    [
      'no template',
      ['mini', '--template', 'no.yaml'],
      credentials,
      /^cannot read the template no\.yaml: there is no such file; /,
    ],
    ['no region', ['mini'], { ...credentials, AWS_REGION: undefined }, /^there is no AWS region: give one with --region, /],
    ['no credentials', ['mini'], { AWS_REGION: 'us-east-1' }, /^there are no AWS credentials: set AWS_PROFILE, or /],
  ])('asks nothing with %s', async (_, args, environment, message) => {
    await open([]);
    const { code, stdout, stderr } = await items(['deploy', ...args], environment);
    expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 1, stdout: '', lines: 2 });
    expect(stderr).toMatch(message);
    expect(asked()).toEqual([]);
  });

  it('says that nobody is at the endpoint', async () => {
    await open([]);
    await endpoint.close();
    const gone = endpoint;
    await open([]);
    const { code, stderr } = await items(['deploy', 'mini'], { ...credentials, AWS_ENDPOINT_URL: gone.url });
    expect(stderr).toMatch(
      /^the endpoint cannot be reached \(connect ECONNREFUSED \S+\): check the network, .*AWS_ENDPOINT_URL\n$/,
    );
    expect(code).toBe(1);
  });

  it('goes on with the defaults where the account does not answer, and says so', async () => {
    writeFileSync(
      join(folder, 'template.yaml'),
      'Parameters:\n  NatGateways: {Type: String, Default: None}\n  DynamoDbPrefixListId: {Type: String, Default: ""}\n  ManageApiGatewayAccount: {Type: String, Default: "true"}\nResources: {}\n',
    );
    await open(recorded('create'));
    expect(await items(['deploy', 'mini'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        '\nDynamoDbPrefixListId: the endpoint did not say which prefix list DynamoDB has here\nManageApiGatewayAccount: the endpoint did not say whether API Gateway has a role to log with\n',
      ),
    });
    expect(asked()).toEqual(expect.arrayContaining(['DescribeManagedPrefixLists', 'GET /account']));
  });
});

describe('items destroy', () => {
  it('deletes the stack, and looks whether anything is left', async () => {
    await open(recorded('destroy'));
    expect(await items(['destroy', 'mini', '--yes'])).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^The stack items-mini in us-east-1 goes, with 2 resources:\n(.*\n)*2 of 2 {2}0:00 {2}DELETE_COMPLETE .*\nitems-mini is deleted, in 0:\d\d\nNothing is left of it\.\n$/,
      ),
    });
    expect(asked().filter((action) => action.startsWith('Delete'))).toEqual(['DeleteStack']);
  });

  it('does not delete unasked', async () => {
    await open(recorded('destroy'));
    const { code, stderr } = await items(['destroy', 'mini']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'there is no terminal to ask on: give --yes to delete the stack\n',
    });
    expect(asked()).not.toContain('DeleteStack');
  });

  it('has nothing to do without a stack', async () => {
    await open(recorded('create'));
    expect(await items(['destroy', 'mini'])).toEqual({
      code: 0,
      stderr: '',
      stdout: 'There is no stack items-mini in us-east-1: nothing to delete.\n',
    });
  });

  it('names what is left, and deletes log groups that came back', async () => {
    const tags = '[{"Key":"aws:cloudformation:stack-name","Value":"items-mini"}]';
    const answers = changed(
      'destroy',
      'GetResources',
      () =>
        `{"ResourceTagMappingList":[{"ResourceARN":"arn:aws:sqs:us-east-1:0:left","Tags":${tags}},{"ResourceARN":"arn:aws:sns:us-east-1:000000000000:items-mini","Tags":${tags}}]}`,
    ).map((answer) =>
      answer.action === 'DescribeLogGroups'
        ? {
            ...answer,
            body: '{"logGroups":[{"logGroupName":"/aws/lambda/items-mini-log"},{"logGroupName":"/aws/lambda/items-mini-logs"}]}',
          }
        : answer,
    );
    await open([...answers, { action: 'DeleteLogGroup', status: 200, body: '{}' }]);
    const { code, stdout, stderr } = await items(['destroy', 'mini', '--yes']);
    expect(stderr).toBe('left behind, to be deleted by hand:\n  arn:aws:sqs:us-east-1:0:left\n');
    expect(stdout).toContain('Log groups that came back after the deletion:\n  /aws/lambda/items-mini-log\n');
    expect(code).toBe(1);
    const deleted = endpoint.requests
      .filter(({ action }) => action === 'DeleteLogGroup')
      .map(({ body }) => JSON.parse(body));
    expect(deleted).toEqual([{ logGroupName: '/aws/lambda/items-mini-log' }]);
  });

  it('says what could not be asked', async () => {
    await open(recorded('destroy').filter(({ action }) => !['GetResources', 'DescribeLogGroups'].includes(action)));
    expect(await items(['destroy', 'mini', '--yes'])).toMatchObject({
      code: 0,
      stderr:
        'Whether other resources carry its tags could not be asked.\nWhether log groups came back could not be asked.\n',
    });
  });

  it('keeps a table that is protected', async () => {
    const answers = changed('destroy', 'ListStackResources', (body) =>
      body.replace('AWS::SNS::Topic', 'AWS::DynamoDB::Table'),
    );
    const table = '{"Table":{"ItemCount":12,"DeletionProtectionEnabled":true}}';
    await open([...answers, { action: 'DescribeTable', status: 200, body: table }]);
    const { code, stdout, stderr } = await items(['destroy', 'mini', '--yes']);
    expect(stdout).toMatch(/\nThe table \S+ goes with 12 items, as DynamoDB counted them within the last six hours\.\n$/);
    expect(stderr).toMatch(/^the table \S+ is protected from being deleted: deploy with DeletionProtection "false" first/);
    expect(code).toBe(1);
    expect(asked()).not.toContain('DeleteStack');
  });
});
