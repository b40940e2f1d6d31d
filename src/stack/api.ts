import { entities, wordsOf } from '../contract/entities.ts';
import { conditional, type Resource, type Resources, ref, sub, type Value, when } from './cloudformation.ts';
import { commented } from './comment.ts';
import type { Group } from './group.ts';
import { modelId } from './operation.ts';
import { pathResources } from './paths.ts';
import { preflightMethods } from './preflight.ts';
import { tags } from './tags.ts';

/** Returns the REST API, what its methods use (resources, model, validator, authorizer), and the preflight methods. */
export const api = (): Group => ({
  heading: 'API: the REST API, its resources, the checks of requests, and CORS preflight',
  text: "EndpointAccessMode accepts requests for the API's own host name only, whatever name the TLS handshake (SNI) has.",
  resources: {
    RestApi: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Name: sub('items-${EnvironmentSuffix}'),
        Description: 'Items API',
        EndpointConfiguration: { Types: ['REGIONAL'] },
        SecurityPolicy: securityPolicy,
        EndpointAccessMode: 'STRICT',
        ApiKeySourceType: 'HEADER',
        Tags: tags,
      },
    },
    ...pathResources(),
    ...modelResources(),
    RequestValidator: {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: {
        RestApiId: ref('RestApi'),
        Name: 'body-and-parameters',
        ValidateRequestBody: true,
        ValidateRequestParameters: true,
      },
    },
    ...conditional('UsesCognito', {
      Authorizer: {
        Type: 'AWS::ApiGateway::Authorizer',
        Properties: {
          RestApiId: ref('RestApi'),
          Name: 'user-pool',
          Type: 'COGNITO_USER_POOLS',
          IdentitySource: 'method.request.header.Authorization',
          ProviderARNs: [ref('UserPoolArn')],
        },
      },
    }),
    ...preflightMethods(),
  },
});

/** The security policy of the API and of its domain: TLS 1.3 only, or also TLS 1.2. */
export const securityPolicy: Value = when(
  'AllowsTls12',
  'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_3_2025_09',
);

/**
 * Returns a model for each entity. It requires only a JSON object, because the functions report faults in the rest more
 * precisely.
 */
const modelResources = (): Resources =>
  Object.fromEntries(
    entities.map((entity): [string, Resource] => {
      const { aOne } = wordsOf(entity);
      return [
        modelId(entity),
        commented(
          'A body of type application/json must be a JSON object. The functions check the rest and name what is wrong.',
          {
            Type: 'AWS::ApiGateway::Model',
            Properties: {
              RestApiId: ref('RestApi'),
              Name: entity.name,
              ContentType: 'application/json',
              Schema: {
                $schema: 'http://json-schema.org/draft-04/schema#',
                title: aOne.charAt(0).toUpperCase() + aOne.slice(1),
                type: 'object',
              },
            },
          },
        ),
      ];
    }),
  );
