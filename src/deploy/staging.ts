import { DeployError, interrupted, isAbort } from './errors.ts';
import type { Place } from './place.ts';
import type { Bucket } from './s3.ts';
import type { Template } from './template.ts';
import { bucketState, createBucket, daysToKeep, deleteBucket, templatesBucket } from './templates-bucket.ts';
import { needsBucket, type TemplateSource, uploadTemplate } from './upload.ts';
import { isYes, type User } from './user.ts';

/**
 * Returns a template in the form for CloudFormation. A template that is too large to send directly is uploaded to the named
 * bucket, or else to the bucket of the account and region, which is created with the user's consent.
 */
export const stageTemplate = async (
  place: Place,
  template: Template,
  { bucket: name, yes }: { readonly bucket?: string | undefined; readonly yes?: boolean | undefined },
  user: Pick<User, 'say' | 'ask'>,
): Promise<TemplateSource> => {
  if (!needsBucket(template)) return { TemplateBody: template.body };
  const { connection, account } = place;
  const bucket = name === undefined ? await ownBucket(place, template, yes, user) : { name, owner: account };
  const { TemplateURL, key } = await uploadTemplate(connection, template, bucket);
  user.say(`Uploaded the template to s3://${bucket.name}/${key}`);
  return { TemplateURL };
};

const ownBucket = async (
  { connection, account }: Place,
  template: Template,
  yes: boolean | undefined,
  user: Pick<User, 'say' | 'ask'>,
): Promise<Bucket> => {
  const bucket = templatesBucket(account, connection.region);
  const state = await bucketState(connection, bucket);
  if (state === 'ready') return bucket;
  const [verb, done] = state === 'missing' ? ['create', 'Created'] : ['configure', 'Configured'];
  const size = `${template.file} has ${Buffer.byteLength(template.body)} bytes, and CloudFormation takes more than 51,200 only from S3`;
  const what = `bucket ${bucket.name} (private, encrypted, TLS only; templates are deleted after ${daysToKeep} days)`;
  if (!yes) {
    const answer = await user.ask(`${size}.\nMay it ${verb} the ${what}? (yes/no) `);
    if (answer === undefined) {
      throw new DeployError(`${size}: give --yes to ${verb} the ${what}, or name a bucket of the account with --bucket`);
    }
    if (!isYes(answer)) throw new DeployError('cancelled: name a bucket of the account with --bucket');
  }
  await createBucket(connection, bucket);
  user.say(`${done} the ${what}`);
  if (connection.signal.aborted)
    throw interrupted(`interrupted; the bucket ${bucket.name} is created, nothing else is changed`);
  return bucket;
};

/** Reports that the bucket of the account and region exists, or deletes it on request. */
export const reportBucket = async (
  { connection, account }: Place,
  remove: boolean | undefined,
  user: Pick<User, 'say'>,
): Promise<void> => {
  const bucket = templatesBucket(account, connection.region);
  if (!remove) {
    // The user has not mentioned the bucket: an error of this lookup must not fail the deletion of the stack.
    const state = await bucketState(connection, bucket).catch(() => 'missing');
    if (state === 'missing') return;
    const what = `The bucket ${bucket.name} for all templates of this account and region`;
    return user.say(`${what} is still there: --remove-bucket deletes it.`);
  }
  try {
    if ((await bucketState(connection, bucket)) === 'missing') return user.say(`There is no bucket ${bucket.name}.`);
    await deleteBucket(connection, bucket);
    user.say(`The bucket ${bucket.name} is deleted.`);
  } catch (error) {
    throw isAbort(error) ? interrupted(`interrupted; the bucket ${bucket.name} is not deleted`) : error;
  }
};
