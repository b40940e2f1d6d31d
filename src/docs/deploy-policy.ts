import { entities } from '../contract/entities.ts';
import { actionsByType, of } from './deploy-actions.ts';

/** Returns the policy of a principal that deploys, updates and deletes the stack, with every option of the template. */
export const deployPolicy = (): Policy => {
  const actions = [...new Set([...otherActions, ...Object.values(actionsByType).flat()])].sort();
  return {
    Version: '2012-10-17',
    Statement: [
      ...Object.entries(named).map(([service, Resource]) => {
        const own = actions.filter((action) => serviceOf(action) === service && !isUnnamed(action));
        return allow(own, Resource);
      }),
      allow(actions.filter(isUnnamed), '*'),
      allow(['iam:PassRole'], `arn:aws:iam::*:role/${prefix}*`, {
        'iam:PassedToService': ['apigateway.amazonaws.com', 'lambda.amazonaws.com', 'vpc-flow-logs.amazonaws.com'],
      }),
      allow(['iam:CreateServiceLinkedRole'], 'arn:aws:iam::*:role/aws-service-role/*', {
        'iam:AWSServiceName': ['ops.apigateway.amazonaws.com', 'wafv2.amazonaws.com'],
      }),
    ],
  };
};

export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, readonly string[]>> };
}

const allow = (
  Action: Statement['Action'],
  Resource: Statement['Resource'],
  StringEquals?: Readonly<Record<string, readonly string[]>>,
): Statement => ({ Effect: 'Allow', Action, Resource, ...(StringEquals && { Condition: { StringEquals } }) });

/** Prefix of stack names, and of the names of their resources, except tables of entities. */
const prefix = 'items-';

/** The buckets that the deployment creates for templates, one for each account and region. */
const templatesBucket = `${prefix}api-templates-*`;

/** Resources of the services whose resource names have the prefix. */
const named: Readonly<Record<string, readonly string[]>> = {
  apigateway: ['arn:aws:apigateway:*::/*'],
  cloudformation: [`arn:aws:cloudformation:*:*:stack/${prefix}*/*`],
  cloudwatch: [`arn:aws:cloudwatch:*:*:alarm:${prefix}*`, `arn:aws:cloudwatch::*:dashboard/${prefix}*`],
  dynamodb: entities.map(({ path }) => `arn:aws:dynamodb:*:*:table/${path}-*`),
  iam: [`arn:aws:iam::*:policy/${prefix}*`, `arn:aws:iam::*:role/${prefix}*`],
  lambda: [`arn:aws:lambda:*:*:function:${prefix}*`],
  route53: ['arn:aws:route53:::change/*', 'arn:aws:route53:::hostedzone/*'],
  s3: [`arn:aws:s3:::${templatesBucket}`, `arn:aws:s3:::${templatesBucket}/*`],
  sns: [`arn:aws:sns:*:*:${prefix}*`],
  xray: [`arn:aws:xray:*:*:sampling-rule/${prefix}*`],
};

/** Returns true for an action without resources, or whose resources do not have the prefix. */
const isUnnamed = (action: string): boolean =>
  !(serviceOf(action) in named) || /:(?:Describe|List)\*$/.test(action) || withoutResources.has(action);

const withoutResources: ReadonlySet<string> = new Set([
  'cloudformation:GetTemplateSummary',
  'sns:GetSubscriptionAttributes',
  'sns:Unsubscribe',
  'xray:GetSamplingRules',
]);

const serviceOf = (action: string): string => action.slice(0, action.indexOf(':'));

/** Actions for CloudFormation itself, the bucket of templates, and the search of `npm run destroy` for leftovers. */
const otherActions: readonly string[] = [
  ...of('cloudformation', 'CreateChangeSet', 'DeleteChangeSet', 'ExecuteChangeSet'),
  ...of('cloudformation', 'CreateStack', 'UpdateStack', 'DeleteStack', 'TagResource'),
  ...of('cloudformation', 'Describe*', 'List*', 'GetTemplate', 'GetTemplateSummary'),
  ...of('s3', 'CreateBucket', 'DeleteBucket', 'GetBucketLocation', 'GetBucketTagging', 'ListBucket', 'PutBucketPolicy'),
  ...of('s3', 'PutBucketPublicAccessBlock', 'PutBucketTagging', 'PutEncryptionConfiguration', 'PutLifecycleConfiguration'),
  ...of('s3', 'DeleteObject', 'GetObject', 'PutObject'),
  ...of('tag', 'GetResources'),
];

/** Returns the policy as JSON. Lists of strings are wrapped. */
export const deployPolicyText = (): string =>
  JSON.stringify(deployPolicy(), undefined, 2).replaceAll(
    /^( *)(.*)\[\s+("[^\]]*")\s+\]/gm,
    (_list, indent, key, members) => {
      const items: readonly string[] = members.split(/,\s+/);
      const flat = `${indent}${key}[${items.join(', ')}]`;
      return flat.length <= lineWidth ? flat : `${indent}${key}[\n${filled(items, `${indent}  `)}\n${indent}]`;
    },
  );

const lineWidth = 120;

/** Joins items with commas, in lines that begin with the indentation. */
const filled = (items: readonly string[], indent: string): string => {
  const lines: string[] = [];
  for (const item of items) {
    const longer = `${lines.at(-1)}, ${item}`;
    if (lines.length > 0 && longer.length < lineWidth) lines[lines.length - 1] = longer;
    else lines.push(indent + item);
  }
  return lines.join(',\n');
};
