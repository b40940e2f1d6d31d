import type { DynamoDbAccess } from '../../twin/index.ts';

/** Returns a command for POSIX shells that sets the environment for the AWS CLI, the SDKs and dynamodb-admin. */
export const dynamoDbLine = ({ endpoint, accessKeyId, secretAccessKey, region }: DynamoDbAccess): string => {
  // Version 1 of the AWS CLI reads only AWS_DEFAULT_REGION; dynamodb-admin reads DYNAMO_ENDPOINT. A session token of other
  // credentials must not be sent.
  const variables = {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: '',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    DYNAMO_ENDPOINT: endpoint,
  };
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return `export ${assignments.join(' ')}`;
};
