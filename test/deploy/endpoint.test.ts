import { expect, it } from 'vitest';
import { checkEndpoint } from '../../src/deploy/endpoint.ts';

const check = (env: NodeJS.ProcessEnv, configured?: string) =>
  checkEndpoint(
    { config: { serviceConfiguredEndpoint: async () => configured } } as Parameters<typeof checkEndpoint>[0],
    env,
  );

it('may be a URL, or none', async () => {
  await check({ AWS_ENDPOINT_URL: 'http://localhost:4566', AWS_ENDPOINT_URL_EC2: 'https://a.example/b' }, 'http://c');
  await check({ AWS_ENDPOINT_URL: '' });
  await check({ AWS_ENDPOINT_URL: 'foo', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' });
});

it.each(['foo', '127.0.0.1:4566', 'localhost:4566', 'ftp://a.example'])('may not be %s', async (text) => {
  const sentence = (name: string) => `${name} is "${text}", which is not an http or https URL: write it as in `;
  await expect(check({ AWS_ENDPOINT_URL: text })).rejects.toThrow(sentence('AWS_ENDPOINT_URL'));
  await expect(check({ AWS_ENDPOINT_URL_IAM: text })).rejects.toThrow(sentence('AWS_ENDPOINT_URL_IAM'));
  await expect(check({}, text)).rejects.toThrow(sentence('endpoint_url of the AWS profile'));
});
