import { expect, it } from 'vitest';
import { recorded, rejected } from '../deploy/endpoint.ts';
import { deployment } from './deployment.ts';

const { open, items, put, requests, asked } = deployment();

it('ends with 2 at a plan of changes, which it shows and discards', async () => {
  await open(recorded('replace'));
  const { code, stdout, stderr } = await items(['deploy', 'mini', '--plan', '--parameter', 'TopicName=other']);
  expect(stdout).toMatch(
    /replaced \(1\)\n {2}Topic {2}AWS::SNS::Topic {2}TopicName \(parameter TopicName\)\n\nPlan only: the stack is not changed\. The same command without --plan deploys it\.\n$/,
  );
  expect(stderr).toBe('');
  expect(code).toBe(2);
  expect(asked()).toContain('DeleteChangeSet');
  expect(asked()).not.toContain('ExecuteChangeSet');
});

it('ends with 0 at a plan without changes', async () => {
  await open(recorded('same'));
  expect(await items(['deploy', 'mini', '--plan'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Nothing to change'),
  });
});

it('lets CloudFormation act with a service role', async () => {
  const role = 'arn:aws:iam::123456789012:role/cloudformation';
  await open(recorded('create'));
  expect(await items(['deploy', 'mini', '--role-arn', role])).toMatchObject({ code: 0 });
  const request = requests().find(({ action }) => action === 'CreateChangeSet');
  expect(new URLSearchParams(request?.body).get('RoleARN')).toBe(role);
  expect(await items(['deploy', 'mini', '--role-arn', 'cloudformation'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('A role is named as in arn:aws:iam::123456789012:role/NAME.'),
  });
});

it('rejects credentials of another account than the environment names', async () => {
  put('environments/mini.json', '{"stackName":"items-mini","account":"210987654321"}');
  await open(recorded('create'));
  expect(await items(['deploy', 'mini'])).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'environments/mini.json is for the account 210987654321, and the credentials belong to 123456789012: choose another AWS_PROFILE, or another environment\n',
  });
  expect(asked()).toEqual(['GetCallerIdentity']);
});

it('asks whose the credentials are', async () => {
  const body =
    '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>210987654321</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
  await open([...recorded('create'), { action: 'GetCallerIdentity', status: 200, body }]);
  const { stdout } = await items(['deploy', 'mini']);
  expect(stdout).toMatch(/^template\.yaml as the stack items-mini in us-east-1 of account 210987654321\n/);
  await open([...recorded('create'), rejected('GetCallerIdentity', 'InvalidClientTokenId')]);
  expect(await items(['deploy', 'mini'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^AWS does not accept the credentials: check AWS_PROFILE /),
  });
});
