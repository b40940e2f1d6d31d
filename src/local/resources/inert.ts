import { generatedName, uuid } from '../../cloudformation/names.ts';
import type { ResourceContext, ResourceType } from '../resource.ts';
import { resourceTypes } from './index.ts';

/**
 * A type that the twin does not have and that nothing on the way of a request touches, such as `AWS::S3::Bucket`: it starts without
 * doing anything. Undefined of types that decide how requests are answered, or whose values come from code that runs elsewhere.
 */
export const inertType = (type: string): ResourceType | undefined => {
  const [vendor, service = ''] = type.split('::');
  if (vendor !== 'AWS' || resourceTypes.has(type) || (touching.has(service) && !exceptions.has(type))) return undefined;
  return {
    type,
    schema: { type: 'object' },
    start: (properties, context) => {
      const name = nameOf(type, properties, context);
      const arn = arnOf(service, name, context);
      return { ref: refOf(type, name, context), attributes: { Arn: arn, Name: name, ...attributesOf(type, name, context) } };
    },
  };
};

/** Services whose resources decide how a request is answered, or that run code to make their values. */
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

/** The name that the template gives, or one as CloudFormation makes them; buckets have theirs in lower case. */
const nameOf = (type: string, properties: Readonly<Record<string, unknown>>, context: ResourceContext): string => {
  const [, , kind = ''] = type.split('::');
  const given = [`${kind}Name`, 'Name'].map((property) => properties[property]).find((value) => typeof value === 'string');
  if (typeof given === 'string') return given;
  const generated = generatedName(context, 63);
  return type === 'AWS::S3::Bucket' ? generated.toLowerCase() : generated;
};

const arnOf = (service: string, name: string, { stack }: ResourceContext): string => {
  const { partition, region, accountId } = stack;
  const namespace = service.toLowerCase();
  // The ARNs of buckets have neither region nor account.
  return namespace === 's3'
    ? `arn:${partition}:s3:::${name}`
    : `arn:${partition}:${namespace}:${region}:${accountId}:${name}`;
};

const refOf = (type: string, name: string, context: ResourceContext): string => {
  if (type === 'AWS::SQS::Queue') return queueUrl(name, context);
  return type === 'AWS::KMS::Key' ? uuid(context) : name;
};

const attributesOf = (type: string, name: string, context: ResourceContext): Readonly<Record<string, string>> => {
  const { region, urlSuffix } = context.stack;
  switch (type) {
    case 'AWS::S3::Bucket': {
      const domain = `${name}.s3.${urlSuffix}`;
      const regional = `${name}.s3.${region}.${urlSuffix}`;
      const website = `http://${name}.s3-website-${region}.${urlSuffix}`;
      return { DomainName: domain, RegionalDomainName: regional, WebsiteURL: website };
    }
    case 'AWS::SQS::Queue':
      return { QueueName: name, QueueUrl: queueUrl(name, context) };
    case 'AWS::KMS::Key':
      return { KeyId: uuid(context) };
    default:
      return {};
  }
};

const queueUrl = (name: string, { stack: { region, urlSuffix, accountId } }: ResourceContext): string =>
  `https://sqs.${region}.${urlSuffix}/${accountId}/${name}`;
