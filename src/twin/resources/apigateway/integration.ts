import { unsupportedProperty } from '../../../cloudformation/properties.ts';
import type { Schema, ValueFault } from '../../../cloudformation/schema.ts';
import { list, object, string, strings, words } from '../../../cloudformation/shapes.ts';
import type { IntegrationConfiguration } from '../../gateway/configuration.ts';
import { dynamoDbAction, serviceOf } from '../../gateway/integration-uri.ts';

export type Integration = {
  readonly Type: 'AWS' | 'AWS_PROXY' | 'MOCK';
  readonly IntegrationHttpMethod?: string;
  readonly Uri?: string;
  readonly ContentHandling?: 'CONVERT_TO_TEXT';
  readonly Credentials?: string;
  readonly PassthroughBehavior?: IntegrationConfiguration['passthroughBehavior'];
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly RequestParameters?: Readonly<Record<string, string>>;
  readonly TimeoutInMillis?: number;
  readonly IntegrationResponses?: readonly {
    readonly StatusCode: string;
    readonly SelectionPattern?: string;
    readonly ResponseParameters?: Readonly<Record<string, string>>;
    readonly ResponseTemplates?: Readonly<Record<string, string>>;
  }[];
};

export const statusCode: Schema = { type: 'string', pattern: '^[1-5]\\d\\d$' };

export const integrationSchema = object(
  {
    Type: words(['AWS', 'AWS_PROXY', 'MOCK'], ['HTTP', 'HTTP_PROXY']),
    ConnectionType: words(['INTERNET'], ['VPC_LINK']),
    IntegrationHttpMethod: { enum: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'ANY'] },
    Uri: { ...string, fault: uriFault },
    ContentHandling: words(['CONVERT_TO_TEXT'], ['CONVERT_TO_BINARY']),
    Credentials: { type: 'string', pattern: '^arn:[\\w-]+:iam::(\\d{12}:role/.+|\\*:user/\\*)$' },
    CacheKeyParameters: list(string),
    CacheNamespace: string,
    PassthroughBehavior: { enum: ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] },
    RequestTemplates: strings,
    RequestParameters: {
      ...strings,
      propertyNames: { pattern: '^integration\\.request\\.(header|path|querystring)\\..+$' },
    },
    TimeoutInMillis: { type: 'integer', minimum: 50, maximum: 29000 },
    IntegrationResponses: list(
      object(
        {
          StatusCode: statusCode,
          // The result of a function is text in any case.
          ContentHandling: words(['CONVERT_TO_TEXT'], ['CONVERT_TO_BINARY']),
          SelectionPattern: string,
          ResponseParameters: strings,
          ResponseTemplates: strings,
        },
        ['StatusCode'],
      ),
    ),
  },
  ['Type'],
);

/** Returns the fault of a URI for a service other than Lambda and DynamoDB, the only integrations of the twin. */
function uriFault(uri: string): ValueFault | undefined {
  const service = serviceOf(uri);
  if (service === undefined || service === 'lambda' || dynamoDbAction(uri) !== undefined) return undefined;
  const message = `is ${uri}; the local twin has integrations with Lambda functions and DynamoDB only, not with ${service}`;
  return { kind: 'unsupported', message };
}

/** Returns the integration that the properties configure. */
export const integrationOf = (properties: Integration): IntegrationConfiguration => {
  const { Credentials: credentials } = properties;
  rejectUnsupported(properties);
  return {
    type: properties.Type,
    ...(credentials !== undefined && { credentials }),
    ...(properties.IntegrationHttpMethod !== undefined && { integrationHttpMethod: properties.IntegrationHttpMethod }),
    ...(properties.Uri !== undefined && { uri: properties.Uri }),
    ...(properties.ContentHandling !== undefined && { convertsToText: true }),
    passthroughBehavior: properties.PassthroughBehavior ?? 'WHEN_NO_MATCH',
    requestTemplates: properties.RequestTemplates ?? {},
    requestParameters: properties.RequestParameters ?? {},
    timeoutInMillis: properties.TimeoutInMillis ?? 29000,
    integrationResponses: (properties.IntegrationResponses ?? []).map((response) => ({
      statusCode: response.StatusCode,
      ...(response.SelectionPattern !== undefined && { selectionPattern: response.SelectionPattern }),
      responseParameters: response.ResponseParameters ?? {},
      responseTemplates: response.ResponseTemplates ?? {},
    })),
  };
};

/** Rejects the caller's own credentials, and header mappings of proxy integrations, which only API Gateway supports. */
const rejectUnsupported = (properties: Integration): void => {
  const { Type: type, Credentials: credentials, RequestParameters: requestParameters = {} } = properties;
  if (credentials?.endsWith(':user/*')) {
    const message = `is ${credentials}, the caller's own identity, with which the local twin invokes no function; name a role`;
    throw unsupportedProperty('Integration.Credentials', message);
  }
  const header = Object.keys(requestParameters).find((name) => name.startsWith('integration.request.header.'));
  if (type === 'AWS_PROXY' && header !== undefined) {
    const message = `maps ${header}, which the local twin supports only for the type AWS; the event of a proxy integration has all headers of the request`;
    throw unsupportedProperty('Integration.RequestParameters', message);
  }
};
