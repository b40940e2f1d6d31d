import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../../src/cloudformation/check-schema.ts';
import type { Json } from '../../../src/cloudformation/json.ts';
import { resourceTypes } from '../../../src/twin/resources/index.ts';

/** What AWS takes and the twin does not: told apart from what is wrong on AWS, too. */
describe.each<[type: string, property: string, unsupported: Json[], supported: Json[]]>([
  ['ApiGateway::Method', 'Integration.Type', ['HTTP', 'HTTP_PROXY'], ['AWS', 'AWS_PROXY', 'MOCK']],
  ['ApiGateway::Method', 'Integration.ConnectionType', ['VPC_LINK'], ['INTERNET']],
  ['ApiGateway::Method', 'AuthorizationType', ['CUSTOM'], ['NONE', 'AWS_IAM', 'COGNITO_USER_POOLS']],
  ['ApiGateway::Authorizer', 'Type', ['TOKEN', 'REQUEST'], ['COGNITO_USER_POOLS']],
  ['ApiGateway::RestApi', 'ApiKeySourceType', ['AUTHORIZER'], ['HEADER']],
  ['ApiGateway::RestApi', 'DisableExecuteApiEndpoint', [true, 'true'], [false, 'false']],
  ['ApiGateway::RestApi', 'EndpointConfiguration.Types.0', ['PRIVATE'], ['REGIONAL', 'EDGE']],
  ['ApiGateway::DomainName', 'EndpointConfiguration.Types.0', ['PRIVATE'], ['REGIONAL', 'EDGE']],
  ['Lambda::Function', 'Runtime', ['java21', 'ruby3.4'], ['nodejs24.x', 'nodejs16.x', 'python3.8', 'provided.al2023']],
  ['EC2::VPCEndpoint', 'VpcEndpointType', ['Interface', 'GatewayLoadBalancer'], ['Gateway']],
  ['EC2::VPC', 'InstanceTenancy', ['dedicated'], ['default']],
  ['EC2::FlowLog', 'ResourceType', ['NetworkInterface', 'TransitGateway'], ['VPC', 'Subnet']],
  ['EC2::FlowLog', 'LogDestinationType', ['s3', 'kinesis-data-firehose'], ['cloud-watch-logs']],
  ['Lambda::Function', 'PackageType', ['Image'], ['Zip']],
  ['Logs::LogGroup', 'LogGroupClass', ['DELIVERY'], ['STANDARD', 'INFREQUENT_ACCESS']],
])('%s %s', (type, property, unsupported, supported) => {
  const kinds = (value: Json): string[] => {
    const path = property.split('.');
    const properties = path.reduceRight<Json>((inner, name) => (name === '0' ? [inner] : { [name]: inner }), value);
    const { faults } = checkSchema(properties, resourceTypes.get(`AWS::${type}`)?.schema ?? {});
    return faults.filter((fault) => fault.path.join('.') === property).map(({ kind }) => kind);
  };

  it.each(unsupported)('does not support %j', (value) => expect(kinds(value)).toEqual(['unsupported']));
  it.each(supported)('takes %j', (value) => expect(kinds(value)).toEqual([]));
  it('rejects what AWS does not take either', () => expect(kinds('nonsense')).toEqual(['invalid']));
});
