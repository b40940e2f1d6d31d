import assert from 'node:assert/strict';

/* What ministack does otherwise than AWS, all that we know of. A test fails on an entry that does not hold any more. */

/** Resource types that it does not have, each with what is not proven here for that. It rejects a template that has one. */
export const lackingTypes: Readonly<Record<string, string>> = {
  'AWS::EC2::EIP': 'Addresses of the NAT gateways.',
  'AWS::EC2::NatGateway': 'Functions get to DynamoDB without it. Routes to one are left out with it.',
  'AWS::EC2::FlowLog': 'No packets are sent in its VPC, so there would be nothing to log.',
  'AWS::Logs::QueryDefinition': 'Queries that people run on logs by hand.',
  'AWS::XRay::SamplingRule': 'It has no X-Ray.',
};

/** Properties that it does not have, by type. It fails to create a resource that has one, which is left out for that. */
export const lackingProperties: Readonly<Record<string, { readonly property: string; readonly says: RegExp }>> = {
  'AWS::CloudWatch::Alarm': { property: 'Metrics', says: /metric math.* is not supported/ },
};

/** A part of a template that it reads otherwise than CloudFormation, and what says the same there. */
export interface Rewriting {
  readonly from: string;
  readonly to: string;
  /** What an API shows that is deployed without it, where another shows `asWritten`. */
  readonly otherwise: Partial<Observation>;
  readonly reason: string;
}

/** What tells whether a template was read as it is meant. */
export interface Observation {
  /** Status of the list of items. */
  readonly list: number;
  /** The stage variable of this name. */
  readonly allowedOrigins: string;
}

export const asWritten: Observation = { list: 200, allowedOrigins: 'any' };

export const rewritings: readonly Rewriting[] = [
  {
    from: 'ApiKeyRequired: !Ref RequireApiKey',
    to: 'ApiKeyRequired: !If [RequiresApiKey, true, false]',
    otherwise: { list: 403 },
    reason:
      'CloudFormation makes a boolean of the text of a parameter. It keeps the text, and “false” as a text is true: every method wants an API key, and responds with 403.',
  },
  {
    from: "!Equals [!Join [',', !Ref AllowedOrigins], '*']",
    to: "!Equals [!Ref AllowedOrigins, '*']",
    otherwise: { allowedOrigins: '*' },
    reason:
      'It evaluates no Fn::Join in a condition but compares its source, so the condition is never true. A list is still one text there.',
  },
  {
    from: 'Condition: { StringEquals: { aws:SourceVpc: !Ref Vpc } }',
    to: '',
    otherwise: { list: 500 },
    reason:
      'It holds what functions do against the policies of their roles, but says of no request which VPC it came from: DynamoDB denies all of them.',
  },
];

/**
 * How long functions wait for DynamoDB, for one call and for all, by the runtime's language. It shares the machine with the functions
 * and whatever else runs there, and can take longer than DynamoDB ever does.
 */
export const waits: Readonly<Record<'nodejs' | 'python', readonly Pick<Rewriting, 'from' | 'to'>[]>> = {
  nodejs: [
    { from: 'const attemptLimit = 3000;', to: 'const attemptLimit = 25_000;' },
    { from: 'const callLimit = 10_000;', to: 'const callLimit = 25_000;' },
  ],
  python: [
    { from: 'ATTEMPT_LIMIT = 3\n', to: 'ATTEMPT_LIMIT = 25\n' },
    { from: 'CALL_LIMIT = 10\n', to: 'CALL_LIMIT = 25\n' },
  ],
};

/**
 * What its CloudFormation leaves out and its API Gateway can do: a RequestValidator gets an id and nothing else, and methods
 * drop their RequestValidatorId. So validators are added to the API when a stack is created or updated.
 */
export const validatedModels = ['Item'];

/** A header of an answer that is not what API Gateway says. The tests read the right value out of the body. */
export const wrongHeader = {
  name: 'x-amzn-requestid',
  reason:
    'The id of a request that got to a function is another in the header than in the event that the function got. On AWS it is $context.requestId in both.',
};

/** What it keeps and does not look at, so that the twin alone has it tested: the API works without it. */
export interface WithoutEffect {
  readonly what: string;
  /** Takes it away, by commands of the AWS CLI. */
  take(aws: Aws, stack: { readonly name: string; readonly restApiId: string }): Promise<unknown>;
}

/** Runs a command of the AWS CLI, for what it answers. */
// biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape its command has.
export type Aws = (...args: readonly string[]) => Promise<any>;

export const withoutEffect: readonly WithoutEffect[] = [
  {
    what: 'AWS::Lambda::Permission: API Gateway invokes any function.',
    async take(aws, { name }) {
      const ofFunction = ['--function-name', `${name}-ListItems`];
      const { Policy } = await aws('lambda', 'get-policy', ...ofFunction);
      const [{ Sid }] = JSON.parse(Policy).Statement;
      await aws('lambda', 'remove-permission', ...ofFunction, '--statement-id', Sid);
    },
  },
  {
    what: 'AWS::EC2::SecurityGroup: functions run on the machine, not in the VPC, and reach all that it does.',
    async take(aws) {
      const { SecurityGroups } = await aws(
        'ec2',
        'describe-security-groups',
        '--filters',
        'Name=tag:Project,Values=items-api',
      );
      const [{ GroupId, IpPermissionsEgress }] = SecurityGroups;
      const rules = JSON.stringify(IpPermissionsEgress);
      await aws('ec2', 'revoke-security-group-egress', '--group-id', GroupId, '--ip-permissions', rules);
    },
  },
  {
    what: 'AWS::EC2::VPCEndpoint: nor do they go through it, past its policy and its routes.',
    async take(aws) {
      const { VpcEndpoints } = await aws('ec2', 'describe-vpc-endpoints');
      await aws('ec2', 'delete-vpc-endpoints', '--vpc-endpoint-ids', VpcEndpoints[0].VpcEndpointId);
    },
  },
  {
    what: 'AWS::ApiGateway::Account: a stage needs no role to log with.',
    async take(aws) {
      const operation = JSON.stringify([{ op: 'replace', path: '/cloudwatchRoleArn', value: '' }]);
      await aws('apigateway', 'update-account', '--patch-operations', operation);
    },
  },
  {
    what: 'AWS::ApiGateway::Stage: the setting of its access log does not get there.',
    async take(aws, { restApiId }) {
      const { item } = await aws('apigateway', 'get-stages', '--rest-api-id', restApiId);
      assert.deepEqual(item[0].accessLogSettings, {}, 'stale difference: the stage has an access log');
    },
  },
  {
    what: 'AWS::ApiGateway::Deployment: it keeps gateway responses. Methods and models count as they are now.',
    async take(aws, { restApiId }) {
      const { items } = await aws('apigateway', 'get-deployments', '--rest-api-id', restApiId);
      await aws('apigateway', 'delete-deployment', '--rest-api-id', restApiId, '--deployment-id', items[0].id);
    },
  },
];

/** A case of the conformance suite that it cannot pass. */
export interface Unanswered {
  readonly group: string;
  readonly name: RegExp;
  /** What the case says there. */
  readonly says: RegExp;
  readonly reason: string;
}

const mock =
  'A MOCK integration renders no mapping template: its answer has the headers that the template names as fixed values, and the source of the response template for a body. What depends on the origin, Vary and how long to keep it are set by that template.';

export const unanswered: readonly Unanswered[] = [
  { group: 'cross-origin', name: /^a preflight allows /, says: /^OPTIONS .*: Vary must name Origin/, reason: mock },
  {
    group: 'cross-origin',
    name: /^an origin is allowed to the letter, or any$/,
    says: /^OPTIONS .*: Vary must name Origin/,
    reason: mock,
  },
  {
    group: 'cross-origin',
    name: /^a request without Origin gets the same response, with Vary$/,
    says: /^OPTIONS .*: Vary must name Origin/,
    reason: mock,
  },
  {
    group: 'authorization',
    name: /^a preflight needs no authorization/,
    says: /^OPTIONS .*: Vary must name Origin/,
    reason: mock,
  },
  {
    group: 'rejections',
    name: /^415 for a body that does not claim to be JSON$/,
    says: /^expected unsupported-media-type, got 400/,
    reason:
      'It validates a body of any type against the model for application/json, so that such a body never reaches the function.',
  },
  {
    group: 'rejections',
    name: /^an item has one path: any other spelling of it is a 404 that shows it$/,
    says: /^expected item-not-found, got 200/,
    reason: 'It decodes the path before functions see it, so that every spelling of an id looks like the right one.',
  },
];

/** True if ministack cannot pass this case. */
export const isUnanswered = ({ group, name }: { readonly group: string; readonly name: string }): boolean =>
  unanswered.some((difference) => difference.group === group && difference.name.test(name));
