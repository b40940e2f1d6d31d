import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { region } from './ministack.ts';

/** Where templates go that are too large to be sent as they are. */
export const bucket = 'items-templates';

const client = (endpoint: string, accessKeyId = 'test'): S3Client =>
  new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey: 'test' },
  });

/** Makes the bucket on an empty cloud. */
export const makeBucket = async (endpoint: string): Promise<void> => {
  await client(endpoint).send(new CreateBucketCommand({ Bucket: bucket }));
};

/** Makes a bucket in the account of that number. */
export const makeBucketOf = async (endpoint: string, account: string, name: string): Promise<void> => {
  await client(endpoint, account).send(new CreateBucketCommand({ Bucket: name }));
};

/** Puts a template into the bucket; settles with its URL. */
export const putTemplate = async (endpoint: string, body: string): Promise<string> => {
  await client(endpoint).send(new PutObjectCommand({ Bucket: bucket, Key: 'template.yaml', Body: body }));
  return `${endpoint}/${bucket}/template.yaml`;
};
