import { generatedName, uuid } from '../../../cloudformation/names.ts';
import type { ResourceContext, ResourceType } from '../../resource.ts';
import { resourceTypes } from '../index.ts';

/**
 * Returns an inert resource type for a type that the twin does not support and that no request depends on, such as
 * `AWS::S3::Bucket`. Returns undefined for types that decide how requests are served, and for types whose values come from code
 * that runs elsewhere.
 */
export const inertType = (type: string): ResourceType | undefined => {
  const [vendor, service = ''] = type.split('::');
  if (vendor !== 'AWS' || resourceTypes.has(type) || (touching.has(service) && !exceptions.has(type))) return undefined;
  return {
    type,
    schema: { type: 'object' },
    start: (properties, context) => {
      const name = nameOf(type, properties, context);
      return {
        ref: refOf(type, name, context),
        attributes: attributesOf(type, name, context),
        // No request depends on the value.
        otherAttribute: (attribute) => `${name}.${attribute}`,
      };
    },
  };
};

/** Services whose resources decide how a request is served, or run code to compute their values. */
const touching = new Set([
  ...[
    'ApiGateway',
    'ApiGatewayV2',
    'CloudFormation',
    'DynamoDB',
    'EC2',
    'IAM',
    'Lambda',
    'Serverless',
    'WAF',
    'WAFRegional',
  ],
  ...['WAFv2', 'VpcLattice'],
]);

const exceptions = new Set([
  ...['AWS::IAM::AccessKey', 'AWS::IAM::Group', 'AWS::IAM::InstanceProfile', 'AWS::IAM::User', 'AWS::EC2::Instance'],
  ...['AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping'],
]);

/** Returns the name in the template, or a generated one as CloudFormation creates it. Names of buckets are in lower case. */
const nameOf = (type: string, properties: Readonly<Record<string, unknown>>, context: ResourceContext): string => {
  const [, , kind = ''] = type.split('::');
  const given = [`${kind}Name`, 'Name'].map((property) => properties[property]).find((value) => typeof value === 'string');
  if (typeof given === 'string') return given;
  const generated = generatedName(context, 63);
  return type === 'AWS::S3::Bucket' ? generated.toLowerCase() : generated;
};

const arnOf = (type: string, name: string, context: ResourceContext): string => {
  const { partition, region, accountId } = context.stack;
  const place = `${region}:${accountId}`;
  const [, service = ''] = type.split('::');
  switch (type) {
    case 'AWS::S3::Bucket':
      // The ARN of a bucket has no region and no account.
      return `arn:${partition}:s3:::${name}`;
    case 'AWS::CertificateManager::Certificate':
      return `arn:${partition}:acm:${place}:certificate/${uuid(context)}`;
    case 'AWS::StepFunctions::StateMachine':
      return `arn:${partition}:states:${place}:stateMachine:${name}`;
    default:
      return `arn:${partition}:${service.toLowerCase()}:${place}:${name}`;
  }
};

const refOf = (type: string, name: string, context: ResourceContext): string => {
  if (type === 'AWS::SQS::Queue') return queueUrl(name, context);
  if (refersToArn.has(type)) return arnOf(type, name, context);
  return type === 'AWS::KMS::Key' ? uuid(context) : name;
};

/** Types whose `Ref` is their ARN. */
const refersToArn = new Set([
  ...['AWS::CertificateManager::Certificate', 'AWS::ECS::Service', 'AWS::ECS::TaskDefinition', 'AWS::Events::Connection'],
  ...['AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
  ...['AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::SageMaker::Endpoint', 'AWS::SageMaker::EndpointConfig'],
  ...['AWS::SageMaker::Model', 'AWS::SecretsManager::Secret', 'AWS::StepFunctions::Activity'],
  'AWS::StepFunctions::StateMachine',
]);

/** Returns the attributes of the type, and attributes that many types share. */
const attributesOf = (type: string, name: string, context: ResourceContext): Readonly<Record<string, string>> => {
  const [, , kind = ''] = type.split('::');
  const arn = arnOf(type, name, context);
  const common = { Arn: arn, Id: name, Name: name, [`${kind}Arn`]: arn, [`${kind}Id`]: name, [`${kind}Name`]: name };
  const { region, urlSuffix } = context.stack;
  switch (type) {
    case 'AWS::S3::Bucket': {
      const domain = `${name}.s3.${urlSuffix}`;
      const regional = `${name}.s3.${region}.${urlSuffix}`;
      const website = `http://${name}.s3-website-${region}.${urlSuffix}`;
      return { ...common, DomainName: domain, RegionalDomainName: regional, WebsiteURL: website };
    }
    case 'AWS::SQS::Queue':
      return { ...common, QueueUrl: queueUrl(name, context) };
    case 'AWS::KMS::Key':
      return { ...common, KeyId: uuid(context) };
    default:
      return common;
  }
};

const queueUrl = (name: string, { stack: { region, urlSuffix, accountId } }: ResourceContext): string =>
  `https://sqs.${region}.${urlSuffix}/${accountId}/${name}`;
