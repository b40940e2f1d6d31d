import { expect, it } from 'vitest';
import type { Connection } from '../../src/deploy/connection.ts';
import { uploadTemplate } from '../../src/deploy/upload.ts';

interface Sent {
  readonly method: string;
  readonly hostname: string;
}

/** A connection whose requests go nowhere; S3 accepts them all. */
const connection = (region: string, sent: Sent[]): Connection => {
  const requestHandler = {
    handle: async (request: Sent) => {
      sent.push(request);
      return { response: { statusCode: 200, headers: {}, body: undefined } };
    },
  };
  const credentials = async () => ({ accessKeyId: 'id', secretAccessKey: 'secret', accountId: '123456789012' });
  const config = { region, credentials, maxAttempts: 1, requestHandler };
  return { region, config, signal: new AbortController().signal } as unknown as Connection;
};

const body = `Resources: {}\n#${'.'.repeat(51_200)}`;

it.each([
  ['eu-west-1', 'staging', 'https://staging.s3.eu-west-1.amazonaws.com/items-api/'],
  ['us-gov-west-1', 'staging', 'https://staging.s3.us-gov-west-1.amazonaws.com/items-api/'],
  ['cn-north-1', 'staging', 'https://staging.s3.cn-north-1.amazonaws.com.cn/items-api/'],
  ['eusc-de-east-1', 'staging', 'https://staging.s3.eusc-de-east-1.amazonaws.eu/items-api/'],
  // A certificate for *.s3.REGION.amazonaws.com does not hold for a name with dots.
  ['eu-west-1', 'my.staging', 'https://s3.eu-west-1.amazonaws.com/my.staging/items-api/'],
])('in %s the template lies at the URL of the bucket %s', async (region, bucket, url) => {
  const sent: Sent[] = [];
  const source = await uploadTemplate(connection(region, sent), { body }, { name: bucket, owner: '123456789012' });
  expect(source.TemplateURL).toMatch(new RegExp(`^${url.replaceAll('.', '\\.')}[0-9a-f]{64}\\.yaml$`));
  expect(sent.map(({ method }) => method)).toEqual(['PUT']);
});
