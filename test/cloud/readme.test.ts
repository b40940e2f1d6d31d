import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problemType } from '../../src/contract/problems.ts';
import { typescript } from '../editions.ts';
import { type SigningOptions, signedHeaders } from '../local/gateway/signer.ts';
import { adapted } from './adapt.ts';
import { bucket } from './bucket.ts';
import { serveCloud } from './cloud.ts';
import { openFront } from './front.ts';
import { region } from './ministack.ts';
import { apiId, aws, inventory, invokeUrl } from './stack.ts';

const readme = readFileSync('README.md', 'utf8');
const [written = ''] = /^aws cloudformation deploy --template-file template\.yaml .*$/m.exec(readme) ?? [];
/** With a bucket that is there: the one in the README is to be replaced by the reader's. */
const line = `${written.replace(/ --s3-bucket \S+/, '')} --s3-bucket ${bucket}`;
const [, goodbye = ''] = /`(aws cloudformation delete-stack [^`]*)`/.exec(readme) ?? [];

const cloud = serveCloud();

it('the README’s line deploys the template, whose API wants signed requests; its other line takes all of it away', async () => {
  const before = await inventory(cloud());
  writeFileSync(join(cloud().directory, 'template.yaml'), adapted(typescript.template));
  expect(await cloud().run('sh', ['-c', line])).toContain('Successfully created/updated stack - items-dev');

  const url = await invokeUrl(cloud(), 'items-dev');
  const front = await openFront(cloud().endpoint, url);
  const signed = async (path: string, credentials: Credentials) => {
    const headers = await signedHeaders(front.url + path, {}, { credentials, region });
    return fetch(front.url + path, { headers });
  };
  const caller = await callerOf(url);
  for (const refused of [
    await fetch(`${front.url}/items`),
    await signed('/items', { ...caller, secretAccessKey: 'another' }),
    await signed('/items', { ...caller, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }),
  ]) {
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ type: problemType('missing-authentication-token') });
  }
  expect(await (await signed('/items', caller)).json()).toEqual({ items: [] });
  expect((await signed('/items/lamp', caller)).status).toBe(403);
  await front.stop();

  // The first version of the AWS CLI, which is the one on PyPI, makes a failure of it.
  await expect(cloud().run('sh', ['-c', line])).rejects.toThrow('No changes to deploy');
  await cloud().run('sh', ['-c', `${goodbye} && aws cloudformation wait stack-delete-complete --stack-name items-dev`]);
  expect(await inventory(cloud())).toEqual(before);
});

type Credentials = SigningOptions['credentials'];

/** The credentials of a user who may list items and nothing else. */
const callerOf = async (url: string): Promise<Credentials> => {
  const user = ['--user-name', 'lister'];
  const Resource = `arn:aws:execute-api:${region}:*:${apiId(url)}/v1/GET/items`;
  const Statement = [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource }];
  const policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await aws(cloud(), 'iam', 'create-user', ...user);
  await cloud().run('aws', ['iam', 'put-user-policy', ...user, '--policy-name', 'ListItems', '--policy-document', policy]);
  const { AccessKey } = await aws(cloud(), 'iam', 'create-access-key', ...user);
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
};
