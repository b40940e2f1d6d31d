import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, recorded, refused, unanswered } from '../deploy/endpoint.ts';
import { credentials, deployment } from './deployment.ts';

const { open, items, interrupt, put, requests, asked } = deployment();

/** More than CloudFormation takes without S3. */
const large = `${readFileSync('test/deploy/recorded/mini.yaml', 'utf8')}${'# a comment that makes it large\n'.repeat(2000)}`;
const key = `items-api/${createHash('sha256').update(large).digest('hex')}.yaml`;

const caller: Answer = {
  action: 'GetCallerIdentity',
  status: 200,
  body: '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
};
const object = (method: 'HEAD' | 'PUT', status: Answer['status'], code?: string, headers?: Answer['headers']): Answer => ({
  action: `${method} object`,
  status,
  body: code === undefined || method === 'HEAD' ? '' : `<Error><Code>${code}</Code><Message>no</Message></Error>`,
  ...(headers && { headers }),
});
const creation = (...answers: readonly Answer[]): Answer[] => [...recorded('create'), caller, ...answers];
const request = (action: string) => requests().find((one) => one.action === action);
const changeSet = (): URLSearchParams => new URLSearchParams(request('CreateChangeSet')?.body);

beforeEach(() => put('template.yaml', large));

describe('a template over 51,200 bytes', () => {
  it('is uploaded under the hash of its content to a bucket of the account, and deployed from there', async () => {
    await open(creation(object('HEAD', 404), object('PUT', 200)));
    const { code, stdout, stderr } = await items(['deploy', 'mini', '--bucket', 'staging']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain(`Uploaded the template to s3://staging/${key}\n`);
    for (const action of ['HEAD object', 'PUT object']) {
      expect(request(action)?.url).toMatch(new RegExp(`^/staging/${key}(\\?|$)`));
      expect(request(action)?.headers['x-amz-expected-bucket-owner']).toBe('123456789012');
    }
    expect(request('PUT object')?.body).toBe(large);
    expect(changeSet().get('TemplateURL')).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/staging/${key}$`));
    expect(changeSet().has('TemplateBody')).toBe(false);
  });

  it('is not uploaded again if it is there already', async () => {
    await open(creation(object('HEAD', 200)));
    const { code, stdout } = await items(['deploy', 'mini', '--bucket', 'staging']);
    expect(code).toBe(0);
    expect(stdout).toContain(`The template is already at s3://staging/${key}\n`);
    expect(asked()).not.toContain('PUT object');
    expect(changeSet().get('TemplateURL')).toMatch(new RegExp(`/staging/${key}$`));
  });

  it('goes to the bucket of the environment, and of the account that the credentials name', async () => {
    put('environments/mini.json', '{"stackName":"items-mini","bucket":"of-environment"}');
    await open(creation(object('HEAD', 200)));
    const { code } = await items(['deploy', 'mini'], { ...credentials, AWS_ACCOUNT_ID: '210987654321' });
    expect(code).toBe(0);
    expect(request('HEAD object')?.url).toMatch(/^\/of-environment\//);
    expect(request('HEAD object')?.headers['x-amz-expected-bucket-owner']).toBe('210987654321');
    expect(asked()).not.toContain('GetCallerIdentity');
  });

  it('is rejected without a bucket before anything starts', async () => {
    await open([]);
    const { code, stderr } = await items(['deploy', 'mini']);
    expect(stderr).toMatch(/^template\.yaml has \d{5} bytes; CloudFormation takes at most 51200 without S3: give --bucket/);
    expect(code).toBe(1);
    expect(asked()).toEqual([]);
  });

  it('is not deployed at Ctrl-C while it is uploaded', async () => {
    await open(
      creation(object('HEAD', 404), unanswered('PUT object', 'silent')),
      ({ action }) => action === 'PUT object' && interrupt(),
    );
    expect(await items(['deploy', 'mini', '--bucket', 'staging'])).toMatchObject({
      code: 130,
      stderr: 'interrupted; nothing was changed\n',
    });
    expect(asked()).not.toContain('CreateChangeSet');
  });
});

describe('a bucket that does not do', () => {
  const denied = object('PUT', 403, 'AccessDenied');
  it.each<[what: string, answers: Answer[], message: string]>([
    [
      'does not exist',
      [object('HEAD', 404), object('PUT', 404, 'NoSuchBucket')],
      'there is no bucket staging: make it with "aws s3 mb s3://staging --region us-east-1", or name another one with --bucket\n',
    ],
    [
      'belongs to another account',
      [object('HEAD', 403), denied],
      'S3 denies access to the bucket staging, which belongs to another account, or to which the credentials may not write: name a bucket of the account 123456789012 with --bucket, or ask for s3:PutObject and s3:GetObject on items-api/* in it\n',
    ],
    [
      'is in another region',
      [object('HEAD', 301), object('PUT', 301, 'PermanentRedirect', { 'x-amz-bucket-region': 'eu-west-1' })],
      'the bucket staging is in eu-west-1, and the stack is deployed in us-east-1: name a bucket of that region with --bucket\n',
    ],
    [
      'is in another region that S3 does not name',
      [object('HEAD', 400), object('PUT', 400, 'AuthorizationHeaderMalformed')],
      'the bucket staging is in another region, and the stack is deployed in us-east-1: name a bucket of that region with --bucket\n',
    ],
    [
      'cannot be asked for with these credentials',
      [refused('GetCallerIdentity', 'InvalidClientTokenId')],
      'AWS does not accept the credentials: check AWS_PROFILE or AWS_ACCESS_KEY_ID, and the secret that belongs to it (no GetCallerIdentity here)\n',
    ],
  ])('%s', async (_, answers, message) => {
    await open([...recorded('create'), ...(answers.length > 1 ? [caller] : []), ...answers]);
    expect(await items(['deploy', 'mini', '--bucket', 'staging'])).toMatchObject({ code: 1, stderr: message });
    expect(asked()).not.toContain('CreateChangeSet');
  });

  it('is told what CloudFormation needs to read the template', async () => {
    const answer = refused('CreateChangeSet', 'ValidationError', 400);
    const body = answer.body.replace('no CreateChangeSet here', 'S3 error: Access Denied');
    const others = recorded('create').filter(({ action }) => action !== 'CreateChangeSet');
    await open([...others, { ...answer, body }, caller, object('HEAD', 200)]);
    expect(await items(['deploy', 'mini', '--bucket', 'staging'])).toMatchObject({
      code: 1,
      stderr:
        'AWS refuses this with ValidationError: S3 error: Access Denied: CloudFormation reads the template with your permissions: ask for s3:GetObject on items-api/* in the bucket\n',
    });
  });

  it('has no name', async () => {
    expect(await items(['deploy', 'mini', '--bucket', 'My_Bucket'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The name of a bucket has 3 to 63 of a-z 0-9 . -'),
    });
  });
});
