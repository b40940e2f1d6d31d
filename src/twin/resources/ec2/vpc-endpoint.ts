import { invalidProperty } from '../../../cloudformation/errors.ts';
import { resourceId } from '../../../cloudformation/names.ts';
import { unsupportedProperty } from '../../../cloudformation/properties.ts';
import { list, object, string, words } from '../../../cloudformation/shapes.ts';
import { checkPolicies } from '../../iam/check-policies.ts';
import { endpointPolicySchema, type PolicyDocument } from '../../iam/policy-document.ts';
import { lookUp } from '../../network/lookup.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly VpcId: string;
  readonly ServiceName: string;
  readonly RouteTableIds?: readonly string[];
  readonly PolicyDocument?: PolicyDocument;
};

/** A gateway endpoint, for DynamoDB or S3. Interface endpoints are not supported. */
export const ec2VpcEndpoint: ResourceType<Properties> = {
  type: 'AWS::EC2::VPCEndpoint',
  schema: object(
    {
      VpcId: string,
      ServiceName: string,
      VpcEndpointType: words(['Gateway'], ['Interface', 'GatewayLoadBalancer', 'Resource', 'ServiceNetwork']),
      RouteTableIds: list(string),
      PolicyDocument: endpointPolicySchema,
      Tags: tagsSchema,
    },
    ['VpcId', 'ServiceName'],
  ),
  start: (properties, context) => {
    const { vpcs, routeTables, vpcEndpoints } = context.services.network;
    const { ServiceName: serviceName, RouteTableIds: routeTableIds = [], PolicyDocument: policyDocument } = properties;
    const vpc = lookUp(vpcs, properties.VpcId, 'VpcId', 'VPC');
    const services = ['dynamodb', 's3'].map((service) => `com.amazonaws.${context.stack.region}.${service}`);
    if (serviceName === `com.amazonaws.${context.stack.region}.s3express`) {
      const message = `is ${serviceName}, which the local twin does not support; it supports ${services.join(', ')}`;
      throw unsupportedProperty('ServiceName', message);
    }
    if (!services.includes(serviceName)) {
      throw invalidProperty(
        'ServiceName',
        `must be ${services.join(' or ')}, the services with a gateway endpoint, not ${serviceName}`,
      );
    }
    for (const routeTableId of routeTableIds) {
      const { vpcId } = lookUp(routeTables, routeTableId, 'RouteTableIds', 'route table');
      if (vpcId !== vpc.id)
        throw invalidProperty('RouteTableIds', `${routeTableId} is in ${vpcId}, the endpoint in ${vpc.id}`);
      const other = [...vpcEndpoints.values()].find(
        (endpoint) => endpoint.serviceName === serviceName && endpoint.routeTableIds.includes(routeTableId),
      );
      if (other)
        throw invalidProperty('RouteTableIds', `${routeTableId} has a route to ${serviceName} through ${other.id} already`);
    }
    if (policyDocument) {
      checkPolicies('PolicyDocument', [policyDocument], 20_480);
      checkPrincipals(policyDocument);
    }
    const id = resourceId('vpce', context);
    vpcEndpoints.set(id, { id, vpcId: vpc.id, serviceName, routeTableIds, ...(policyDocument && { policyDocument }) });
    return {
      ref: id,
      attributes: { Id: id, CreationTimestamp: new Date().toISOString(), DnsEntries: [], NetworkInterfaceIds: [] },
      stop: () => {
        vpcEndpoints.delete(id);
      },
    };
  },
};

/** "With gateway endpoints, the Principal element must be set to *." (AWS PrivateLink, "Principals for gateway endpoints".) */
const checkPrincipals = ({ Statement }: PolicyDocument): void => {
  for (const { Principal } of [Statement].flat()) {
    const names = Principal === '*' ? ['*'] : [Principal?.AWS ?? []].flat();
    if (names.includes('*')) continue;
    throw invalidProperty(
      'PolicyDocument',
      'names principals, which gateway endpoints do not support; use the Principal "*" and a condition on aws:PrincipalArn',
    );
  }
};
