import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { callerAccount } from './caller.ts';
import type { Connection } from './connection.ts';
import { DeployError } from './errors.ts';
import type { Template } from './template.ts';

/** A template as CreateChangeSet takes it: as it is, or where it lies in S3. */
export type TemplateSource = { readonly TemplateBody: string } | { readonly TemplateURL: string };

/** CreateChangeSet, TemplateBody. */
const maximumBody = 51_200;

/** Rejects a template that needs a bucket where none is named. `environment` is the file that may name one. */
export const checkSize = (
  template: Pick<Template, 'file' | 'body'>,
  bucket: string | undefined,
  environment: string,
): void => {
  const bytes = Buffer.byteLength(template.body);
  if (bytes <= maximumBody || bucket !== undefined) return;
  const size = `${template.file} has ${bytes} bytes; CloudFormation takes at most ${maximumBody} without S3`;
  const remedy = `give --bucket NAME or "bucket" in ${environment}, with a bucket of the same account and region`;
  throw new DeployError(`${size}: ${remedy}; "aws s3 mb s3://NAME" makes one`);
};

/** Puts a template that is too large to be sent as it is into the bucket. `tell` is called with what was done. */
export const templateSource = async (
  connection: Connection,
  { body }: Pick<Template, 'body'>,
  bucket: string | undefined,
  tell: (line: string) => void,
): Promise<TemplateSource> => {
  if (bucket === undefined || Buffer.byteLength(body) <= maximumBody) return { TemplateBody: body };
  // Named after its content, a template that is deployed again is there already, and the bucket does not grow.
  const key = `items-api/${createHash('sha256').update(body).digest('hex')}.yaml`;
  const object = { Bucket: bucket, Key: key, ExpectedBucketOwner: await callerAccount(connection) };
  const client = await s3Client(connection);
  const url = noteUrl(client);
  if (await isThere(connection, client, object)) {
    tell(`The template is already at s3://${bucket}/${key}`);
  } else {
    await put(connection, client, object, body);
    tell(`Uploaded the template to s3://${bucket}/${key}`);
  }
  return { TemplateURL: url() };
};

const s3Client = async ({ config }: Connection): Promise<S3Client> => {
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  const client = new Client(config);
  // No name of a bucket resolves in front of an endpoint of one's own, such as localhost.
  return (await client.config.serviceConfiguredEndpoint?.()) ? new Client({ ...config, forcePathStyle: true }) : client;
};

/** The URL of the latest request, without its query: that of the object, as the region, the partition or the endpoint has it. */
const noteUrl = ({ middlewareStack }: S3Client): (() => string) => {
  let url = '';
  middlewareStack.add(
    (next) => (args) => {
      const { protocol, hostname, port, path } = args.request as Readonly<Record<string, string | number | undefined>>;
      url = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`;
      return next(args);
    },
    { step: 'build', name: 'noteUrl' },
  );
  return () => url;
};

interface S3Object {
  readonly Bucket: string;
  readonly Key: string;
  /** Names of buckets are global: without it, a stranger's bucket would do. */
  readonly ExpectedBucketOwner: string;
}

/**
 * False also where S3 does not say so: without s3:ListBucket, what is not there is 403, and the answer to HEAD has no code that tells
 * what is wrong. The upload that follows has one.
 */
const isThere = async ({ signal }: Connection, client: S3Client, object: S3Object): Promise<boolean> => {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    await client.send(new HeadObjectCommand(object), { abortSignal: signal });
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status !== undefined && status >= 300 && status < 500) return false;
    throw error;
  }
};

const put = async ({ region, signal }: Connection, client: S3Client, object: S3Object, body: string): Promise<void> => {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    const command = new PutObjectCommand({ ...object, Body: body, ContentType: 'application/yaml' });
    await client.send(command, { abortSignal: signal });
  } catch (error) {
    const sentence = explanation(error, object, region);
    throw sentence === undefined ? error : new DeployError(sentence, { cause: error });
  }
};

/** What is wrong with the bucket, and what to do; undefined of any other error. */
const explanation = (
  error: unknown,
  { Bucket: bucket, ExpectedBucketOwner: account }: S3Object,
  region: string,
): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'NoSuchBucket') {
    const remedy = `make it with "aws s3 mb s3://${bucket} --region ${region}", or name another one with --bucket`;
    return `there is no bucket ${bucket}: ${remedy}`;
  }
  if (statusOf(error) === 301 || /^(PermanentRedirect|AuthorizationHeaderMalformed)$/.test(error.name)) {
    const elsewhere = regionOf(error);
    const where = elsewhere === undefined ? 'in another region' : `in ${elsewhere}`;
    return `the bucket ${bucket} is ${where}, and the stack is deployed in ${region}: name a bucket of that region with --bucket`;
  }
  if (statusOf(error) !== 403 || !/^(AccessDenied|Forbidden)$/.test(error.name)) return undefined;
  const remedy = `name a bucket of the account ${account} with --bucket, or ask for s3:PutObject and s3:GetObject on items-api/* in it`;
  return `S3 denies access to the bucket ${bucket}, which belongs to another account, or to which the credentials may not write: ${remedy}`;
};

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

const regionOf = (error: Error): string | undefined => {
  const { $response: response, Region: region } = error as {
    $response?: { headers?: Readonly<Record<string, string>> };
    Region?: string;
  };
  return response?.headers?.['x-amz-bucket-region'] ?? region;
};
