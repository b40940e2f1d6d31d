// One file: the cases follow one deployment from its first request to its last line.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { accepted, type RecordedResponse, type Request, recorded } from '../deploy/endpoint.ts';
import { noSignals } from '../windows.ts';
import { changed, credentials, deployment } from './deployment.ts';

const { open, items, itemsOnTerminal, interrupt, put, requests, asked } = deployment();

const parametersOf = (action: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(requests().find((request) => request.action === action)?.body));

describe('items deploy', () => {
  it('creates the stack, and shows what is added, its progress and its outputs', async () => {
    await open(recorded('create'));
    expect(await items(['deploy', 'mini'])).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^template\.yaml as the stack items-mini in us-east-1 of account 123456789012\n\nadded \(2\)\n {2}AWS::Logs::LogGroup {2}Log\n {2}AWS::SNS::Topic {6}Topic\n\n1 of 2 {2}\d:\d\d {2}CREATE_COMPLETE {2}AWS::\S+ \w+\n2 of 2 .*\n\nitems-mini is deployed, in \d:\d\d\n\nTopicArn {2}arn:aws:sns:\S+\n$/,
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
      stderr: expect.stringMatching(
        /^Stream \(AWS::Logs::LogStream\) failed: AWS::Logs::LogStream: The specified log group does not exist: none: correct it and deploy again; all events: "aws cloudformation describe-stack-events --stack-name arn:aws:cloudformation:us-east-1:\S+:stack\/items-mini\/\S+ --region us-east-1"\nthe stack items-mini is in the state UPDATE_ROLLBACK_COMPLETE, as it was before the deployment\n$/,
      ),
    });
  });

  it('tells why CloudFormation does not accept a change set, and leaves neither it nor its empty stack', async () => {
    const answers = changed('create', 'DescribeChangeSet', (body) =>
      body.replace('<Status>CREATE_COMPLETE', '<Status>FAILED').replace('<StatusReason>', '<StatusReason>Validation failed'),
    );
    const [created] = answers.filter(({ action }) => action === 'DescribeStacks').slice(-1);
    const review = {
      ...created,
      body: created?.body.replace('CREATE_COMPLETE', 'REVIEW_IN_PROGRESS') ?? '',
    } as RecordedResponse;
    const rest = answers.filter((answer) => answer !== created);
    const fault =
      '<LogicalResourceId>Topic</LogicalResourceId><ResourceType>AWS::SNS::Topic</ResourceType><ValidationStatusReason>wrong</ValidationStatusReason>';
    const events = {
      ...accepted('DescribeEvents'),
      body: `<R><DescribeEventsResult><OperationEvents><member>${fault}</member></OperationEvents></DescribeEventsResult></R>`,
    };
    await open([...rest, review, events, ...['DeleteChangeSet', 'ListChangeSets', 'DeleteStack'].map(accepted)]);
    expect(await items(['deploy', 'mini'])).toMatchObject({
      code: 1,
      stderr:
        'CloudFormation does not accept the changes to items-mini: Validation failed\nTopic (AWS::SNS::Topic): wrong\n',
    });
    expect(asked().filter((action) => /^(Delete|Execute)/.test(action))).toEqual(['DeleteChangeSet', 'DeleteStack']);
  });

  it.skipIf(noSignals)('stops at Ctrl-C and says that CloudFormation does not (needs signals)', async () => {
    const answers = recorded('create');
    const [before] = answers.filter(({ action }) => action === 'DescribeStackEvents');
    const isFollowing = (soFar: readonly Request[]) =>
      soFar.filter(({ action }) => action === 'DescribeStackEvents').length === 2;
    await open(
      answers.filter((answer) => answer.action !== 'DescribeStackEvents' || answer === before),
      (_, soFar) => isFollowing(soFar) && interrupt(),
    );
    expect(await items(['deploy', 'mini'])).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(
        /^interrupted; CloudFormation continues with items-mini: look with "aws cloudformation describe/,
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
      stdout: expect.stringMatching(/^template\.yaml as .*\n$/),
      stderr: `the stack items-mini is in the state ${status} and cannot be updated: ${remedy}\n`,
    });
    expect(asked()).toEqual(['GetCallerIdentity', 'DescribeStacks']);
  });

  it.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
    [
      'an unknown environment',
      ['nope'],
      credentials,
      /^there is no environment nope: there are mini; choose one of them, or write /,
    ],
    ['the path of none', ['a/b.json'], credentials, /: there are mini; choose one of them, or write environments.b\.json\n/],
    ['no name', ['a b'], credentials, /^there is no environment a b: there are mini; choose one of them\n/],
    ['a path', ['../mini'], credentials, /^there is no environment \.\.\/mini: leave out folder /],
    ...['environments/mini.json', './environments/mini.json', 'mini.json'].map(
      (file): [string, string[], NodeJS.ProcessEnv, RegExp] => [
        file,
        [file],
        credentials,
        /^there is no environment \S*mini\.json: leave out folder and \.json, as in mini\n/,
      ],
    ),
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
    [
      'an endpoint that is none',
      ['mini'],
      { ...credentials, AWS_ENDPOINT_URL: 'localhost:4566' },
      /^AWS_ENDPOINT_URL is "localhost:4566", which is not an http or https URL: write it as in http:/,
    ],
    ['no credentials', ['mini'], { AWS_REGION: 'us-east-1' }, /^there are no AWS credentials: set AWS_PROFILE, or /],
    [
      'an unknown profile',
      ['mini'],
      { AWS_REGION: 'us-east-1', AWS_PROFILE: 'nope' },
      /^the profile nope of AWS_PROFILE gives no credentials: is it in ~\/\.aws\/config or /,
    ],
  ])('asks nothing with %s', async (_, args, environment, message) => {
    await open([]);
    const { code, stdout, stderr } = await items(['deploy', ...args], environment);
    expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 1, stdout: '', lines: 2 });
    expect(stderr).toMatch(message);
    expect(asked()).toEqual([]);
  });

  it('says that nobody is at the endpoint', async () => {
    const { code, stderr } = await items(['deploy', 'mini'], {
      ...credentials,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${await freePort()}`,
    });
    expect(stderr).toMatch(
      /^the endpoint cannot be reached \(connect ECONNREFUSED \S+\): check the network, .*AWS_ENDPOINT_URL\n$/,
    );
    expect(code).toBe(1);
  });

  it.each([
    ['a page that is not found', 404, '<html><body>not here</body></html>'],
    ['a page', 200, '<!doctype html><p>hello<br>'],
    ['a page in XML', 200, '<html><body>hello</body></html>'],
    ['JSON', 200, '{"hello":1}'],
    ['nothing', 404, ''],
  ])('says that %s is not AWS', async (_, status, body) => {
    await open([{ action: 'DescribeStacks', status, body }]);
    expect(await items(['deploy', 'mini'])).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^.*\n$/),
      stderr: expect.stringMatching(/^the server at http:\/\/127\.0\.0\.1:\d+ is not AWS: check AWS_ENDPOINT_URL\n$/),
    });
  });

  it('goes on with the defaults where the account does not answer, and says so', async () => {
    put(
      'template.yaml',
      'Parameters:\n  NatGateways: {Type: String, Default: None}\n  DynamoDbPrefixListId: {Type: String, Default: ""}\n  ManageApiGatewayAccount: {Type: String, Default: "true"}\nResources: {}\n',
    );
    await open(recorded('create'));
    expect(await items(['deploy', 'mini'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        '\nDynamoDbPrefixListId: the prefix list of DynamoDB could not be read\nManageApiGatewayAccount: the role that API Gateway logs with could not be read\n',
      ),
    });
    expect(asked()).toEqual(expect.arrayContaining(['DescribeManagedPrefixLists', 'GET /account']));
  });
});

describe.skipIf(process.platform === 'win32')('items deploy on a terminal (needs a pseudo-terminal)', () => {
  const replace = (answer: string) =>
    itemsOnTerminal('(yes/no) ', answer, 'deploy', 'mini', '--parameter', 'TopicName=other');

  it.each([
    ['no', 1, /\(yes\/no\) no\ncancelled: nothing was changed\n$/],
    ['^D', 1, /\(yes\/no\) .*\ncancelled: nothing was changed\n$/],
    ['^C', 130, /\(yes\/no\) \^C\ninterrupted; nothing was changed\n$/],
  ])('replaces nothing after %s', async (answer, code, shown) => {
    await open(recorded('replace'));
    const result = await replace(answer);
    expect(result.stdout).toMatch(shown);
    expect(result.code).toBe(code);
    expect(asked()).toContain('DeleteChangeSet');
    expect(asked()).not.toContain('ExecuteChangeSet');
  });

  it('replaces after yes, on one line that is redrawn', async () => {
    const unchanged = (action: string) => action !== 'DescribeChangeSet';
    const replacing = recorded('replace').filter(({ action }) => !unchanged(action));
    await open([...recorded('create').filter(({ action }) => unchanged(action)), ...replacing]);
    const { code, stdout } = await replace('yes');
    expect(stdout).toMatch(/<clear>0 of 1 {2}\d:\d\d.*<clear>1 of 1 {2}\d:\d\d<clear>\nitems-mini is deployed/);
    expect(code).toBe(0);
    expect(asked()).toContain('ExecuteChangeSet');
  });
});

/** A port that nobody listens on any more. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
