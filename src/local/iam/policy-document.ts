import { LocalError } from '../errors.ts';

/** An IAM policy as a template gives it, once its properties matched `policyDocumentSchema`. */
export interface PolicyDocument {
  readonly Version?: '2008-10-17' | '2012-10-17';
  readonly Id?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  /** Operator, then key, then value or values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const oneOrMore = { anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, items: { type: 'string' } }] };
const principal = { anyOf: [{ const: '*' }, { type: 'object', minProperties: 1, additionalProperties: oneOrMore }] };

/** The grammar that every policy shares. */
const statement = {
  type: 'object',
  additionalProperties: false,
  properties: {
    Sid: { type: 'string', pattern: '^[A-Za-z0-9]*$' },
    Effect: { enum: ['Allow', 'Deny'] },
    Principal: principal,
    NotPrincipal: principal,
    Action: oneOrMore,
    NotAction: oneOrMore,
    Resource: oneOrMore,
    NotResource: oneOrMore,
    Condition: {
      type: 'object',
      additionalProperties: { type: 'object', minProperties: 1, additionalProperties: oneOrMore },
    },
  },
};

const document = (statementSchema: object): object => ({
  type: 'object',
  additionalProperties: false,
  required: ['Statement'],
  properties: {
    Version: { enum: ['2008-10-17', '2012-10-17'] },
    Id: { type: 'string' },
    Statement: { anyOf: [statementSchema, { type: 'array', minItems: 1, items: statementSchema }] },
  },
});

const forbid = (...names: readonly string[]): object => Object.fromEntries(names.map((name) => [name, false]));

/** An identity policy: who is the role it is attached to, so that it names no principal. */
export const identityPolicySchema = document({
  ...statement,
  properties: { ...statement.properties, ...forbid('Principal', 'NotPrincipal') },
  required: ['Effect'],
  allOf: [oneOf('Action', 'NotAction'), oneOf('Resource', 'NotResource')],
});

/** A role's trust policy: the resource is the role itself, so that it names none. */
export const trustPolicySchema = document({
  ...statement,
  properties: { ...statement.properties, ...forbid('Resource', 'NotResource') },
  required: ['Effect'],
  allOf: [oneOf('Principal', 'NotPrincipal'), oneOf('Action', 'NotAction')],
});

/** A policy on a resource, such as a VPC endpoint or a REST API. */
export const resourcePolicySchema = document({
  ...statement,
  required: ['Effect'],
  allOf: [oneOf('Principal', 'NotPrincipal'), oneOf('Action', 'NotAction'), oneOf('Resource', 'NotResource')],
});

function oneOf(a: string, b: string): object {
  return { oneOf: [{ required: [a] }, { required: [b] }] };
}

/** Holds policies against IAM's quota of characters, of which white space does not count. */
export const checkPolicySize = (property: string, documents: readonly PolicyDocument[], maximum: number): void => {
  const size = documents.reduce((sum, policy) => sum + JSON.stringify(policy).length, 0);
  if (size <= maximum) return;
  throw new LocalError('INVALID_PROPERTY', `property ${property} has ${size} characters; IAM allows ${maximum}: shorten it`);
};
