/** The service in the URI of an integration with AWS, such as `lambda`; undefined of another URI. */
export const serviceOf = (uri: string): string | undefined =>
  /^arn:[\w-]+:apigateway:[\w-]+:([^:]+):(?:action|path)\//.exec(uri)?.[1];

/** The action in the URI of an integration with DynamoDB, `arn:…:apigateway:REGION:dynamodb:action/PutItem`; undefined of another URI. */
export const dynamoDbAction = (uri: string): string | undefined =>
  /^arn:[\w-]+:apigateway:[\w-]+:dynamodb:action\/(\w+)$/.exec(uri)?.[1];
