import type { Schema } from '../../cloudformation/schema.ts';
import { list, map, object, string } from '../../cloudformation/shapes.ts';

/** An IAM policy in a template, validated with one of the schemas below. */
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
  /** Values by operator and key. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const oneOrMore: Schema = { anyOf: [string, list(string, { minItems: 1 })] };
const principal: Schema = { anyOf: [{ const: '*' }, { ...map(oneOrMore), minProperties: 1 }] };

/** The part of the grammar that all policies share. */
const statement = object(
  {
    Sid: { type: 'string', pattern: '^[A-Za-z0-9]*$' },
    Effect: { enum: ['Allow', 'Deny'] },
    Principal: principal,
    NotPrincipal: principal,
    Action: oneOrMore,
    NotAction: oneOrMore,
    Resource: oneOrMore,
    NotResource: oneOrMore,
    Condition: map({ ...map(oneOrMore), minProperties: 1 }),
  },
  ['Effect'],
);

const document = (statementSchema: Schema): Schema =>
  object(
    {
      Version: { enum: ['2008-10-17', '2012-10-17'] },
      Id: string,
      Statement: { anyOf: [statementSchema, list(statementSchema, { minItems: 1 })] },
    },
    ['Statement'],
  );

const forbid = (...names: readonly string[]): Record<string, false> =>
  Object.fromEntries(names.map((name) => [name, false]));

/** Schema of an identity-based policy. It has no Principal: it applies to the role to which it is attached. */
export const identityPolicySchema = document({
  ...statement,
  properties: { ...statement.properties, ...forbid('Principal', 'NotPrincipal') },
  allOf: [oneOf('Action', 'NotAction'), oneOf('Resource', 'NotResource')],
});

/** Schema of a role's trust policy. It has no Resource: it applies to the role itself. */
export const trustPolicySchema = document({
  ...statement,
  properties: { ...statement.properties, ...forbid('Resource', 'NotResource') },
  allOf: [oneOf('Principal', 'NotPrincipal'), oneOf('Action', 'NotAction')],
});

/** Schema of a resource-based policy, which has principals and resources. */
export const resourcePolicySchema = document({
  ...statement,
  allOf: [oneOf('Principal', 'NotPrincipal'), oneOf('Action', 'NotAction'), oneOf('Resource', 'NotResource')],
});

/** Schema of a gateway endpoint's policy, which requires Principal. */
export const endpointPolicySchema = document({
  ...statement,
  required: ['Effect', 'Principal'],
  properties: { ...statement.properties, ...forbid('NotPrincipal') },
  allOf: [oneOf('Action', 'NotAction'), oneOf('Resource', 'NotResource')],
});

function oneOf(a: string, b: string): Schema {
  return { oneOf: [{ required: [a] }, { required: [b] }] };
}
