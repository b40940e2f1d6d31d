import type { S3Client } from '@aws-sdk/client-s3';
import type { Connection } from './connection.ts';
import { DeployError } from './errors.ts';

/**
 * A bucket for templates, and the account that must own it. Bucket names are global, so calls for an existing bucket include the
 * expected owner.
 */
export interface Bucket {
  readonly name: string;
  readonly owner: string;
}

/** Names of S3 buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketPattern = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export const bucketForm = '3 to 63 of a-z 0-9 . - that begin and end with a letter or a digit';

/** Prefix of the keys of templates. */
export const prefix = 'items-api/';

export const s3Client = async ({ config }: Pick<Connection, 'config'>): Promise<S3Client> => {
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  const client = new Client(config);
  // Host names that begin with a bucket name do not resolve for a custom endpoint, such as localhost.
  return (await client.config.serviceConfiguredEndpoint?.()) ? new Client({ ...config, forcePathStyle: true }) : client;
};

/** Returns the HTTP status of an error of S3. Errors of HEAD requests have no other code. */
export const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

/** Converts an error of S3 that concerns the bucket to a DeployError with its remedy. Returns any other error unchanged. */
export const bucketFault = (error: unknown, bucket: Bucket, region: string): unknown => {
  const sentence = error instanceof Error ? explanation(error, bucket, region) : undefined;
  return sentence === undefined ? error : new DeployError(sentence, { cause: error });
};

const explanation = (error: Error, { name, owner }: Bucket, region: string): string | undefined => {
  const status = statusOf(error);
  if (error.name === 'NoSuchBucket') {
    const remedy = `create it with "aws s3 mb s3://${name} --region ${region}", or name another bucket with --bucket`;
    return `there is no bucket ${name}: ${remedy}`;
  }
  if (status === 301 || /^(PermanentRedirect|AuthorizationHeaderMalformed)$/.test(error.name)) {
    const elsewhere = regionOf(error);
    const where = elsewhere === undefined ? 'in another region' : `in ${elsewhere}`;
    return `the bucket ${name} is ${where}, and the stack is deployed in ${region}: name a bucket of that region with --bucket`;
  }
  if (error.name === 'BucketAlreadyExists') {
    return `the bucket ${name} belongs to another account than ${owner}: name a bucket of yours with --bucket`;
  }
  if (status !== 403 || !/^(AccessDenied|Forbidden|Unknown|403)$/.test(error.name)) return undefined;
  const remedy = `name a bucket of the account ${owner} with --bucket, or ask for the permissions on it in docs/operations.md`;
  const reason = /^(UnknownError|no)?$/.test(error.message) ? '' : ` (${error.message.replace(/\.$/, '')})`;
  return `S3 denies access to the bucket ${name}${reason}: it belongs to another account, or a permission is missing: ${remedy}`;
};

const regionOf = (error: Error): string | undefined => {
  const { $response: response, Region: region } = error as {
    $response?: { headers?: Readonly<Record<string, string>> };
    Region?: string;
  };
  return response?.headers?.['x-amz-bucket-region'] ?? region;
};
