import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Connection } from './connection.ts';
import { type Bucket, bucketFault, prefix, s3Client } from './s3.ts';
import type { Template } from './template.ts';

/** A template as CreateChangeSet accepts it: its body, or its URL in S3. */
export type TemplateSource = { readonly TemplateBody: string } | { readonly TemplateURL: string };

/**
 * Returns true for a template that CloudFormation accepts only from S3:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html, TemplateBody.
 */
export const needsBucket = ({ body }: Pick<Template, 'body'>): boolean => Buffer.byteLength(body) > 51_200;

/**
 * Uploads a template. Its key is the hash of its content, so that repeated deployments do not fill the bucket. It is uploaded
 * even if the key exists, because another user may have written that object.
 */
export const uploadTemplate = async (
  connection: Connection,
  { body }: Pick<Template, 'body'>,
  bucket: Bucket,
): Promise<{ readonly TemplateURL: string; readonly key: string }> => {
  const { region, signal } = connection;
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const key = `${prefix}${createHash('sha256').update(body).digest('hex')}.yaml`;
  const client = await s3Client(connection);
  const url = noteUrl(client);
  try {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket.name,
        Key: key,
        ExpectedBucketOwner: bucket.owner,
        Body: body,
        ContentType: 'application/yaml',
      }),
      { abortSignal: signal },
    );
  } catch (error) {
    throw bucketFault(error, bucket, region);
  }
  return { TemplateURL: url(), key };
};

/**
 * Returns a function that returns the URL of the latest request without its query. It is the URL of the object, and depends on
 * the region, the partition or the endpoint.
 */
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
