import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problemType } from '../../src/contract/problems.ts';
import { typescript } from '../editions.ts';
import { type SigningOptions, signedHeaders } from '../twin/gateway/signer.ts';
import { adapted } from './adapt.ts';
import { serveCloud } from './cloud.ts';
import { openFront } from './front.ts';
import { region } from './ministack.ts';
import { apiId, aws, inventory, invokeUrl } from './stack.ts';

/** The lines for the AWS CLI in the README's section on deploying, with a bucket that is not there yet. */
const [section = ''] = /^## Deploy$.*?(?=^## )/ms.exec(readFileSync('README.md', 'utf8')) ?? [];
const lines = [...section.matchAll(/^aws .*$/gm)].map(([line]) => line.replaceAll('BUCKET', 'items-of-a-reader'));
const [, goodbye = ''] = /`(aws cloudformation delete-stack [^`]*)`/.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];

const cloud = serveCloud();

it('the README’s lines deploy the template in an empty account, whose API wants signed requests; another line deletes it', async () => {
  const before = await inventory(cloud());
  writeFileSync(join(cloud().directory, 'template.yaml'), adapted(typescript.template));
  const withoutBucket = (lines.at(-1) ?? '').replace(/ --s3-bucket \S+/, '');
  const [, rejection = ''] = /AWS CLI says "([^"]+)"/.exec(section) ?? [];
  expect(rejection).not.toBe('');
  await expect(cloud().run('sh', ['-c', withoutBucket])).rejects.toThrow(rejection);
  expect(await cloud().run('sh', ['-c', lines.join(' && ')])).toContain('Successfully created/updated stack - items-dev');

  const url = await invokeUrl(cloud(), 'items-dev');
  const front = await openFront(cloud().endpoint, url);
  const signed = async (path: string, credentials: Credentials) => {
    const headers = await signedHeaders(front.url + path, {}, { credentials, region });
    return fetch(front.url + path, { headers });
  };
  const caller = await callerOf(url);
  for (const [rejected, slug] of [
    [await fetch(`${front.url}/items`), 'missing-authentication-token'],
    [await signed('/items', { ...caller, secretAccessKey: 'another' }), 'invalid-signature'],
    [await signed('/items', { ...caller, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }), 'client-error'],
  ] as const) {
    expect(rejected.status).toBe(403);
    expect(await rejected.json()).toMatchObject({ type: problemType(slug) });
  }
  expect(await (await signed('/items', caller)).json()).toEqual({ items: [] });
  expect((await signed('/items/lamp', caller)).status).toBe(403);
  await front.stop();

  // The first version of the AWS CLI, which is the one on PyPI, makes a failure of it.
  await expect(cloud().run('sh', ['-c', lines.at(-1) ?? ''])).rejects.toThrow('No changes to deploy');
  await cloud().run('sh', ['-c', `${goodbye} && aws cloudformation wait stack-delete-complete --stack-name items-dev`]);
  await cloud().run('aws', ['s3', 'rb', '--force', 's3://items-of-a-reader']);
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
