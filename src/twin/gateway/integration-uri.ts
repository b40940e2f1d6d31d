/** Returns the service in the URI of an AWS integration, such as `lambda`; undefined for another URI. */
export const serviceOf = (uri: string): string | undefined =>
  /^arn:[\w-]+:apigateway:[\w-]+:([^:]+):(?:action|path)\//.exec(uri)?.[1];

/**
 * Returns the action in the URI of a DynamoDB integration, `arn:…:apigateway:REGION:dynamodb:action/PutItem`; undefined for
 * another.
 */
export const dynamoDbAction = (uri: string): string | undefined =>
  /^arn:[\w-]+:apigateway:[\w-]+:dynamodb:action\/(\w+)$/.exec(uri)?.[1];
