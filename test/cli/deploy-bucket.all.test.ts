// One file: the cases share the recorded stack and its large template.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { type RecordedResponse, recorded, rejected, unanswered } from '../deploy/endpoint.ts';
import { credentials, deployment } from './deployment.ts';

const { open, items, interrupt, put, requests, asked } = deployment();

/** More than CloudFormation takes without S3. */
const large = `${readFileSync('test/deploy/recorded/mini.yaml', 'utf8')}${'# a comment that makes it large\n'.repeat(2000)}`;
const key = `items-api/${createHash('sha256').update(large).digest('hex')}.yaml`;

const s3 = (
  action: string,
  status: RecordedResponse['status'],
  code?: string,
  headers?: RecordedResponse['headers'],
): RecordedResponse => ({
  action,
  status,
  body: code === undefined || action.startsWith('HEAD') ? '' : `<Error><Code>${code}</Code><Message>no</Message></Error>`,
  ...(headers && { headers }),
});
const creation = (...answers: readonly RecordedResponse[]): RecordedResponse[] => [...recorded('create'), ...answers];
const request = (action: string) => requests().find((one) => one.action === action);
const changeSet = (): URLSearchParams => new URLSearchParams(request('CreateChangeSet')?.body);

beforeEach(() => put('template.yaml', large));

describe('a template over 51,200 bytes', () => {
  it('is uploaded under the hash of its content to a bucket of the account, and deployed from there', async () => {
    await open(creation(s3('PUT object', 200)));
    const { code, stdout, stderr } = await items(['deploy', 'mini', '--bucket', 'staging']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain(`Uploaded the template to s3://staging/${key}\n`);
    expect(request('PUT object')?.url).toMatch(new RegExp(`^/staging/${key}(\\?|$)`));
    expect(request('PUT object')?.headers['x-amz-expected-bucket-owner']).toBe('123456789012');
    expect(request('PUT object')?.body).toBe(large);
    expect(changeSet().get('TemplateURL')).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/staging/${key}$`));
    expect(changeSet().has('TemplateBody')).toBe(false);
  });

  it('goes to the bucket of the environment, and of the account that the credentials name', async () => {
    put('environments/mini.json', '{"stackName":"items-mini","bucket":"of-environment"}');
    await open(creation(s3('PUT object', 200)));
    // The number that the environment gives beside the credentials may be another's.
    const { code } = await items(['deploy', 'mini'], { ...credentials, AWS_ACCOUNT_ID: '210987654321' });
    expect(code).toBe(0);
    expect(request('PUT object')?.url).toMatch(/^\/of-environment\//);
    expect(request('PUT object')?.headers['x-amz-expected-bucket-owner']).toBe('123456789012');
  });

  it('is not deployed at Ctrl-C while it is uploaded', async () => {
    await open(creation(unanswered('PUT object', 'silent')), ({ action }) => action === 'PUT object' && interrupt());
    expect(await items(['deploy', 'mini', '--bucket', 'staging'])).toMatchObject({
      code: 130,
      stderr: 'interrupted; nothing was changed\n',
    });
    expect(asked()).not.toContain('CreateChangeSet');
  });
});

describe('a bucket that does not do', () => {
  const denied = s3('PUT object', 403, 'AccessDenied');
  it.each<[what: string, answers: RecordedResponse[], message: string]>([
    [
      'does not exist',
      [s3('PUT object', 404, 'NoSuchBucket')],
      'there is no bucket staging: create it with "aws s3 mb s3://staging --region us-east-1", or name another bucket with --bucket\n',
    ],
    [
      'belongs to another account',
      [denied],
      'S3 denies access to the bucket staging: it belongs to another account, or a permission is missing: name a bucket of the account 123456789012 with --bucket, or ask for the permissions on it in docs/operations.md\n',
    ],
    [
      'is in another region',
      [s3('PUT object', 301, 'PermanentRedirect', { 'x-amz-bucket-region': 'eu-west-1' })],
      'the bucket staging is in eu-west-1, and the stack is deployed in us-east-1: name a bucket of that region with --bucket\n',
    ],
    [
      'is in another region that S3 does not name',
      [s3('PUT object', 400, 'AuthorizationHeaderMalformed')],
      'the bucket staging is in another region, and the stack is deployed in us-east-1: name a bucket of that region with --bucket\n',
    ],
  ])('%s', async (_, answers, message) => {
    await open(creation(...answers));
    expect(await items(['deploy', 'mini', '--bucket', 'staging'])).toMatchObject({ code: 1, stderr: message });
    expect(asked()).not.toContain('CreateChangeSet');
  });

  it('is told what CloudFormation needs to read the template', async () => {
    const answer = rejected('CreateChangeSet', 'ValidationError', 400);
    const body = answer.body.replace('no CreateChangeSet here', 'S3 error: Access Denied');
    const others = recorded('create').filter(({ action }) => action !== 'CreateChangeSet');
    await open([...others, { ...answer, body }, s3('PUT object', 200)]);
    expect(await items(['deploy', 'mini', '--bucket', 'staging'])).toMatchObject({
      code: 1,
      stderr:
        'AWS rejects this with ValidationError: S3 error: Access Denied: CloudFormation reads the template with your permissions: ask for s3:GetObject on items-api/* in the bucket\n',
    });
  });

  it('has no name', async () => {
    expect(await items(['deploy', 'mini', '--bucket', 'My_Bucket'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The name of a bucket has 3 to 63 of a-z 0-9 . -'),
    });
  });
});

describe('without a bucket', () => {
  const name = 'items-api-templates-123456789012-us-east-1';
  const tags = s3('GET ?tagging', 200);
  const marked = {
    ...tags,
    body: '<Tagging><TagSet><Tag><Key>Purpose</Key><Value>items-api-templates</Value></Tag></TagSet></Tagging>',
  };
  const parts = ['publicAccessBlock', 'encryption', 'policy', 'lifecycle', 'tagging'];
  const creating = ['PUT bucket', ...parts.map((part) => `PUT ?${part}`)];
  const created = creating.map((action) => s3(action, 200));

  it('the template goes to one of its own, which is created once', async () => {
    await open(creation(s3('HEAD bucket', 404), ...created, s3('PUT object', 200)));
    const { code, stdout, stderr } = await items(['deploy', 'mini', '--yes']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain(
      `\nCreated the bucket ${name} (private, encrypted, TLS only; templates are deleted after 30 days)\nUploaded the template to s3://${name}/${key}\n`,
    );
    const sent = asked().filter((action) => action.startsWith('PUT '));
    expect(sent).toEqual([...creating, 'PUT object']);
    // CreateBucket has no such header, and can create nothing that is there already.
    const others = requests().filter(
      ({ url, headers }) => url.startsWith(`/${name}`) && headers['content-length'] !== undefined,
    );
    for (const { url, headers } of others.filter(({ action }) => action !== 'PUT bucket'))
      expect([url, headers['x-amz-expected-bucket-owner']]).toEqual([url, '123456789012']);
    expect(request('PUT ?policy')?.body).toContain('"Condition":{"Bool":{"aws:SecureTransport":"false"}}');
    expect(request('PUT ?lifecycle')?.body).toContain('<Expiration><Days>30</Days></Expiration>');
  });

  it('a bucket that is ready is used as it is', async () => {
    await open(creation(s3('HEAD bucket', 200), marked, s3('PUT object', 200)));
    const { code, stdout } = await items(['deploy', 'mini']);
    expect(code).toBe(0);
    expect(stdout).not.toContain('Created the bucket');
    expect(asked().filter((action) => action.startsWith('PUT '))).toEqual(['PUT object']);
  });

  it.each([
    ['without tags', s3('GET ?tagging', 404, 'NoSuchTagSet')],
    ['without its tag', { ...tags, body: '<Tagging><TagSet/></Tagging>' }],
  ])('a bucket %s is configured from the beginning', async (_, answer) => {
    const [, ...rest] = created;
    const there = s3('PUT bucket', 409, 'BucketAlreadyOwnedByYou');
    await open(creation(s3('HEAD bucket', 200), answer, there, ...rest, s3('PUT object', 200)));
    expect(await items(['deploy', 'mini', '--yes'])).toMatchObject({ code: 0, stderr: '' });
    expect(asked().filter((action) => action.startsWith('PUT '))).toEqual([...creating, 'PUT object']);
  });

  it.each<[what: string, args: string[], answers: RecordedResponse[], message: RegExp]>([
    [
      'nobody has agreed to one',
      [],
      [s3('HEAD bucket', 404)],
      /^template\.yaml has \d{5} bytes, and CloudFormation takes more than 51,200 only from S3: give --yes to create the bucket items-api-\S+ \(private, .*\), or name a bucket of the account with --bucket\n$/,
    ],
    [
      'another account has one of that name',
      ['--yes'],
      [s3('HEAD bucket', 403)],
      /^S3 denies access to the bucket items-api-templates-123456789012-us-east-1: it belongs to another account, or /,
    ],
    [
      'another account takes the name meanwhile',
      ['--yes'],
      [s3('HEAD bucket', 404), s3('PUT bucket', 409, 'BucketAlreadyExists')],
      /^the bucket items-api-templates-123456789012-us-east-1 belongs to another account than 123456789012: name a bucket of yours with --bucket\n$/,
    ],
    [
      'it may not be configured',
      ['--yes'],
      [s3('HEAD bucket', 404), ...created.slice(0, 3), s3('PUT ?policy', 403, 'AccessDenied')],
      /^S3 denies access .*\nthe bucket \S+ is created, but not configured: fix that, and run the same command again\n$/,
    ],
  ])('nothing is deployed if %s', async (_, args, answers, message) => {
    await open(creation(...answers));
    const { code, stderr } = await items(['deploy', 'mini', ...args]);
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
    expect(asked()).not.toContain('CreateChangeSet');
    expect(asked()).not.toContain('PUT object');
  });

  it('destroy says that the bucket is there', async () => {
    await open([...recorded('destroy'), s3('HEAD bucket', 200), marked]);
    const { stdout } = await items(['destroy', 'mini', '--yes']);
    expect(stdout).toMatch(
      /\nThe bucket items-api-templates-123456789012-us-east-1 for all templates of this account and region is still there: --remove-bucket deletes it\.\n$/,
    );
    expect(asked()).not.toContain('DELETE bucket');
  });

  it('destroy deletes it with its templates if told to', async () => {
    const listed = {
      ...s3('GET ?list-type', 200),
      body: '<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>items-api/a.yaml</Key></Contents></ListBucketResult>',
    };
    const deleted = { ...s3('POST ?delete', 200), body: '<DeleteResult/>' };
    const answers = [...recorded('destroy'), s3('HEAD bucket', 200), marked, listed, deleted, s3('DELETE bucket', 204)];
    await open(answers);
    const result = await items(['destroy', 'mini', '--yes', '--remove-bucket']);
    expect(result.stdout).toMatch(/\nThe bucket items-api-templates-123456789012-us-east-1 is deleted\.\n$/);
    expect(asked().slice(-4)).toEqual(['GET ?tagging', 'GET ?list-type', 'POST ?delete', 'DELETE bucket']);
    expect(request('POST ?delete')?.body).toContain('<Key>items-api/a.yaml</Key>');
  });

  it.each<[what: string, args: string[], answers: RecordedResponse[], message: RegExp]>([
    [
      'has something else in it',
      ['--remove-bucket'],
      [
        s3('HEAD bucket', 200),
        marked,
        { ...s3('GET ?list-type', 200), body: '<L><Contents><Key>photo.jpg</Key></Contents></L>' },
      ],
      /^the bucket \S+ has photo\.jpg, which is no template of ours: move that, and try again\n$/,
    ],
    ['belongs to another account', ['--remove-bucket'], [s3('HEAD bucket', 403)], /^S3 denies access to the bucket \S+: it/],
  ])('destroy does not delete a bucket that %s', async (_, args, answers, message) => {
    await open([...recorded('destroy'), ...answers]);
    const { code, stdout, stderr } = await items(['destroy', 'mini', '--yes', ...args]);
    expect(stdout).toContain('\nNothing is left of it.\n');
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
    expect(asked()).not.toContain('DELETE bucket');
    expect(asked()).not.toContain('POST ?delete');
  });

  it('destroy does not delete a bucket that the environment names', async () => {
    put('environments/mini.json', '{"stackName":"items-mini","bucket":"of-environment"}');
    await open([]);
    expect(await items(['destroy', 'mini', '--yes', '--remove-bucket'])).toMatchObject({
      code: 1,
      stderr:
        'environments/mini.json names the bucket of-environment, which this tool did not create and does not delete: leave out --remove-bucket\n',
    });
    expect(asked()).toEqual([]);
  });
});
