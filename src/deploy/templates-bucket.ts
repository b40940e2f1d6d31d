import type { S3Client, Tag } from '@aws-sdk/client-s3';
import { partitionOf } from '../cloudformation/region.ts';
import { type Connection, pause } from './connection.ts';
import { DeployError } from './errors.ts';
import { withRemark } from './outcome.ts';
import { type Bucket, bucketFault, prefix, s3Client, statusOf } from './s3.ts';

/** Returns the bucket that `deploy` creates once for an account and region, if no other is named. */
export const templatesBucket = (owner: string, region: string): Bucket => ({
  name: `items-api-templates-${owner}-${region}`,
  owner,
});

/** Days after which a template is deleted. CloudFormation reads it only while the change set is created. */
export const daysToKeep = 30;

/**
 * `unfinished` means that the bucket exists, but the last step of its configuration was not done. bucketState rejects if another
 * account owns the bucket.
 */
export type BucketState = 'ready' | 'unfinished' | 'missing';

export const bucketState = async (connection: Connection, bucket: Bucket): Promise<BucketState> => {
  const { HeadBucketCommand, GetBucketTaggingCommand } = await import('@aws-sdk/client-s3');
  const client = await s3Client(connection);
  const which = { Bucket: bucket.name, ExpectedBucketOwner: bucket.owner };
  const asking = { abortSignal: connection.signal };
  try {
    await client.send(new HeadBucketCommand(which), asking);
    const { TagSet: tags = [] } = await client.send(new GetBucketTaggingCommand(which), asking);
    return tags.some(({ Key, Value }) => Key === mark.Key && Value === mark.Value) ? 'ready' : 'unfinished';
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchTagSet') return 'unfinished';
    if (statusOf(error) === 404) return 'missing';
    throw bucketFault(error, bucket, connection.region);
  }
};

/**
 * Creates the bucket and configures it: private, encrypted, TLS only, with expiry of templates. An unfinished bucket is
 * configured again from the first step. Not cancelled when the user interrupts, because an unfinished bucket is useless.
 */
export const createBucket = async (connection: Connection, bucket: Bucket): Promise<void> => {
  connection.signal.throwIfAborted();
  const client = await s3Client(connection);
  let isCreated = false;
  try {
    await settling(() => create(client, bucket, connection.region));
    isCreated = true;
    await settling(() => configure(client, bucket, connection.region));
  } catch (error) {
    const fault = bucketFault(error, bucket, connection.region);
    if (!isCreated) throw fault;
    throw withRemark(
      fault,
      `the bucket ${bucket.name} is created, but not configured: fix that, and run the same command again`,
    );
  }
};

/** Deletes the bucket with its templates. Rejects, and deletes nothing, if the bucket contains other objects. */
export const deleteBucket = async (connection: Connection, bucket: Bucket): Promise<void> => {
  const { DeleteBucketCommand, DeleteObjectsCommand, paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
  const client = await s3Client(connection);
  const which = { Bucket: bucket.name, ExpectedBucketOwner: bucket.owner };
  try {
    const keys: string[] = [];
    for await (const { Contents: page = [] } of paginateListObjectsV2({ client }, which, {
      abortSignal: connection.signal,
    })) {
      keys.push(...page.map(({ Key: key = '' }) => key));
    }
    const other = keys.find((key) => !key.startsWith(prefix));
    if (other !== undefined) {
      throw new DeployError(
        `the bucket ${bucket.name} has ${other}, which is no template of ours: move that, and try again`,
      );
    }
    for (let at = 0; at < keys.length; at += 1000) {
      const Objects = keys.slice(at, at + 1000).map((Key) => ({ Key }));
      const { Errors: [fault] = [] } = await client.send(
        new DeleteObjectsCommand({ ...which, Delete: { Objects, Quiet: true } }),
      );
      if (fault)
        throw new DeployError(`${fault.Key} in the bucket ${bucket.name} cannot be deleted: ${fault.Message ?? fault.Code}`);
    }
    await client.send(new DeleteBucketCommand(which));
  } catch (error) {
    // The bucket may also be gone because the response to an earlier attempt was lost.
    if (error instanceof Error && error.name === 'NoSuchBucket') return;
    throw bucketFault(error, bucket, connection.region);
  }
};

/** Repeats a change that S3 rejects for a short time after a bucket was created or deleted, even by another user. */
const settling = async (change: () => Promise<void>): Promise<void> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await change();
    } catch (error) {
      const isUnsettled = error instanceof Error && /^(NoSuchBucket|OperationAborted)$/.test(error.name);
      if (!isUnsettled || attempt === settlingAttempts) throw error;
      await pause(attempt, new AbortController().signal);
    }
  }
};

/** About half a minute. */
const settlingAttempts = 8;

/** The tag is set last: a bucket without it is not finished. */
const mark: Tag = { Key: 'Purpose', Value: 'items-api-templates' };

const create = async (client: S3Client, { name }: Bucket, region: string): Promise<void> => {
  const { CreateBucketCommand } = await import('@aws-sdk/client-s3');
  // S3 does not accept us-east-1 as a location constraint.
  const location =
    region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } };
  try {
    await client.send(new CreateBucketCommand({ Bucket: name, ...location }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'BucketAlreadyOwnedByYou')) throw error;
  }
};

const configure = async (client: S3Client, { name, owner }: Bucket, region: string): Promise<void> => {
  const s3 = await import('@aws-sdk/client-s3');
  const which = { Bucket: name, ExpectedBucketOwner: owner };
  await client.send(
    new s3.PutPublicAccessBlockCommand({
      ...which,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  await client.send(
    new s3.PutBucketEncryptionCommand({
      ...which,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    }),
  );
  await client.send(new s3.PutBucketPolicyCommand({ ...which, Policy: JSON.stringify(policy(name, region)) }));
  await client.send(
    new s3.PutBucketLifecycleConfigurationCommand({
      ...which,
      LifecycleConfiguration: {
        Rules: [
          {
            ID: 'ExpireTemplates',
            Status: 'Enabled',
            Filter: { Prefix: prefix },
            Expiration: { Days: daysToKeep },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          },
        ],
      },
    }),
  );
  await client.send(new s3.PutBucketTaggingCommand({ ...which, Tagging: { TagSet: [mark] } }));
};

/** Returns the bucket policy, which denies requests without TLS. */
const policy = (name: string, region: string): object => {
  const arn = `arn:${partitionOf(region)}:s3:::${name}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
};
