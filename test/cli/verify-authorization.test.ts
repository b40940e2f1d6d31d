import { describe, expect, it } from 'vitest';
import { authorizer, regionOf } from '../../src/cli/verify-authorization.ts';

describe('the region to sign for', () => {
  it.each([
    ['https://abc.execute-api.eu-central-1.amazonaws.com/v1', 'eu-central-1'],
    ['https://abc.execute-api.us-gov-west-1.amazonaws.com/v1', 'us-gov-west-1'],
    ['https://abc.execute-api.cn-north-1.amazonaws.com.cn/v1', 'cn-north-1'],
    ['https://abc.execute-api.eusc-de-east-1.amazonaws.eu/v1', 'eusc-de-east-1'],
    ['https://abc-vpce-0123.execute-api.eu-west-1.amazonaws.com/v1', 'eu-west-1'],
    ['https://api.example.com/v1', 'ap-south-1'],
  ])('of %s is %s', async (url, region) => {
    const env = { AWS_REGION: 'ap-south-1', AWS_DEFAULT_REGION: 'sa-east-1' };
    expect(await regionOf(new URL(url), undefined, env)).toBe(region);
  });

  it('is the one that was asked for, or else the default one of the environment', async () => {
    expect(await regionOf(new URL('https://abc.execute-api.eu-central-1.amazonaws.com/v1'), 'us-east-2', {})).toBe(
      'us-east-2',
    );
    expect(await regionOf(new URL('http://127.0.0.1:3000/v1'), undefined, { AWS_DEFAULT_REGION: 'sa-east-1' })).toBe(
      'sa-east-1',
    );
  });
});

it('authorizes nothing unless told how', async () => {
  const url = new URL('http://127.0.0.1:3000/v1');
  expect(await authorizer(url, {})).toBeUndefined();
  const both = await authorizer(url, { bearer: 'token', apiKey: 'key' });
  expect(await both?.({ method: 'GET', url, headers: {}, body: undefined })).toEqual({
    authorization: 'token',
    'x-api-key': 'key',
  });
});

it('sends no secret over plain http, but to this machine', async () => {
  for (const url of ['http://api.example/v1', 'http://10.0.0.1/v1', 'http://127.example/v1']) {
    for (const options of [{ bearer: 'token' }, { apiKey: 'key' }, { sigv4: true }] as const) {
      await expect(authorizer(new URL(url), options)).rejects.toThrow(
        `${new URL(url).origin} is plain http, where others can read a token, key or signature: use https`,
      );
    }
    expect(await authorizer(new URL(url), {})).toBeUndefined();
  }
  for (const url of ['http://localhost:3000/v1', 'http://[::1]:3000/v1', 'http://127.0.0.2/v1', 'https://api.example/v1']) {
    expect(await authorizer(new URL(url), { bearer: 'token' })).toBeDefined();
  }
});

it.each(['a\nb', 'schlüssel→', ''])('rejects what no header can carry, as %j, and does not show it', async (value) => {
  const url = new URL('http://127.0.0.1:3000/v1');
  await expect(authorizer(url, { bearer: value })).rejects.toThrow(/^--bearer is empty, or has characters that no header/);
  await expect(authorizer(url, { apiKey: value })).rejects.toThrow(/^--api-key is empty, or has characters that no header/);
});
