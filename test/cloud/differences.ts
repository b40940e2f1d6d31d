/* What ministack 1.5.33 does otherwise than AWS, all of it. A test fails on an entry that does not hold any more. */

/** Resource types that it does not have, each with what is not proven here for that. It refuses a template that has one. */
export const lackingTypes: Readonly<Record<string, string>> = {
  'AWS::EC2::EIP': 'Addresses of the NAT gateways.',
  'AWS::EC2::NatGateway': 'Functions get to DynamoDB without it. Routes to one are left out with it.',
  'AWS::EC2::FlowLog': 'No packets are sent in its VPC, so there would be nothing to log.',
  'AWS::Logs::QueryDefinition': 'Queries that people run on logs by hand.',
  'AWS::XRay::SamplingRule': 'It has no X-Ray.',
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
  /** Problem that an array as a new item is refused with. */
  readonly array: string;
  /** The stage variable of this name. */
  readonly allowedOrigins: string;
}

export const asWritten: Observation = { list: 200, array: 'urn:items-api:problem:invalid-body', allowedOrigins: 'any' };

export const rewritings: readonly Rewriting[] = [
  {
    from: 'ApiKeyRequired: !Ref RequireApiKey',
    to: 'ApiKeyRequired: !If [RequiresApiKey,true,false]',
    otherwise: { list: 403 },
    reason:
      'CloudFormation makes a boolean of the text of a parameter. It keeps the text, and “false” as a text is true: every method wants an API key, and answers 403.',
  },
  {
    from: 'RequestModels: {$default: ',
    to: 'RequestModels: {application/json: ',
    otherwise: { array: 'urn:items-api:problem:invalid-item' },
    reason:
      'The model under “$default” is for bodies of any type. It takes the key for a type, which no request has, and holds no body against the model.',
  },
  {
    from: "!Equals [!Join [',',!Ref AllowedOrigins],'*']",
    to: "!Equals [!Ref AllowedOrigins,'*']",
    otherwise: { allowedOrigins: '*' },
    reason:
      'It evaluates no Fn::Join in a condition but compares its source, so the condition is never true. A list is still one text there.',
  },
  {
    from: ',Condition: {StringEquals: {aws:SourceVpc: !Ref Vpc}}',
    to: '',
    otherwise: { list: 500 },
    reason:
      'It holds what functions do against the policies of their roles, but says of no request which VPC it came from: DynamoDB denies all of them.',
  },
];

/**
 * What its CloudFormation leaves out and its API Gateway can do: a RequestValidator gets an id and nothing else, and methods
 * drop their RequestValidatorId. So validators are added to the API when a stack is created or updated.
 */
export const validatedModels = ['Item', 'NewItem'];

/** A header of an answer that is not what API Gateway says. The tests read the right value out of the body. */
export const wrongHeader = {
  name: 'x-amzn-requestid',
  reason:
    'The id of a request that got to a function is another in the header than in the event that the function got. On AWS it is $context.requestId in both.',
};

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
    name: /^who sends no origin is answered alike, and caches are told$/,
    says: /^OPTIONS .*: Vary must name Origin/,
    reason: mock,
  },
];
