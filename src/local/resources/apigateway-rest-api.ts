import { invalidProperty, type LocalError } from '../errors.ts';
import { apiGatewayId } from '../gateway/ids.ts';
import type { ResourceType } from '../resource.ts';
import { alwaysFalse, boolean, list, object, string, words } from '../shapes.ts';
import { tagsSchema } from './tags.ts';

type Properties = {
  readonly Name: string;
  readonly SecurityPolicy?: string;
  readonly EndpointAccessMode?: string;
  readonly EndpointConfiguration?: { readonly Types?: readonly string[] };
  readonly BinaryMediaTypes?: readonly string[];
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html */
const securityPolicies = [
  'TLS_1_0',
  'TLS_1_2',
  'SecurityPolicy_TLS13_1_3_2025_09',
  'SecurityPolicy_TLS13_1_3_FIPS_2025_09',
  'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_2021_06',
  'SecurityPolicy_TLS13_2025_EDGE',
  'SecurityPolicy_TLS12_PFS_2025_EDGE',
  'SecurityPolicy_TLS12_2018_EDGE',
];

/** A REST API. Its server starts with its first stage. */
export const apiGatewayRestApi: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::RestApi',
  schema: object(
    {
      Name: { type: 'string', minLength: 1 },
      Description: string,
      ApiKeySourceType: words(['HEADER'], ['AUTHORIZER']),
      BinaryMediaTypes: list({ type: 'string', pattern: '^[\\w.+*-]+/[\\w.+*-]+$' }),
      DisableExecuteApiEndpoint: alwaysFalse,
      EndpointConfiguration: object({
        Types: list(words(['REGIONAL', 'EDGE'], ['PRIVATE']), { maxItems: 1 }),
        IpAddressType: { enum: ['ipv4', 'dualstack'] },
      }),
      EndpointAccessMode: { enum: ['BASIC', 'STRICT'] },
      FailOnWarnings: boolean,
      SecurityPolicy: { enum: securityPolicies },
      Tags: tagsSchema,
    },
    ['Name'],
  ),
  check: securityFaults,
  start: ({ Name: name, BinaryMediaTypes: binaryMediaTypes = [] }, context) => {
    const { gateway } = context.services;
    const apiId = apiGatewayId(context, 10);
    const rootResourceId = apiGatewayId(context, 10, 'root resource');
    gateway.createRestApi(apiId, rootResourceId, { name, binaryMediaTypes });
    return {
      ref: apiId,
      attributes: { RestApiId: apiId, RootResourceId: rootResourceId },
      stop: () => gateway.deleteRestApi(apiId),
    };
  },
};

/** Enhanced policies "start with SecurityPolicy_", need an access mode, and are those of edge-optimized APIs or of others. */
function securityFaults({
  SecurityPolicy: policy,
  EndpointAccessMode: mode,
  EndpointConfiguration: endpoint,
}: Properties): LocalError[] {
  if (!policy?.startsWith('SecurityPolicy_')) return [];
  const faults: LocalError[] = [];
  if (mode === undefined)
    faults.push(
      invalidProperty('EndpointAccessMode', `is missing, which the SecurityPolicy ${policy} needs; set STRICT or BASIC`),
    );
  const type = endpoint?.Types?.[0] ?? 'EDGE';
  if (policy.endsWith('_EDGE') !== (type === 'EDGE')) {
    const fitting = securityPolicies.filter((name) => name.endsWith('_EDGE') === (type === 'EDGE'));
    faults.push(
      invalidProperty(
        'SecurityPolicy',
        `is ${policy}, which is not for endpoints of the type ${type}; choose one of ${fitting.join(', ')}`,
      ),
    );
  }
  return faults;
}
