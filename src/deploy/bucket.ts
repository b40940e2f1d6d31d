/** Names of S3 buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketPattern = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export const bucketForm = '3 to 63 of a-z 0-9 . - that begin and end with a letter or a digit';
