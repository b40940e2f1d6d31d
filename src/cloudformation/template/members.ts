import { isObject, type Json, show } from '../json.ts';

/** Sections of named declarations, with CloudFormation's quota for each. */
export const sections = { Parameters: 200, Mappings: 200, Conditions: 500, Rules: 200, Resources: 500, Outputs: 200 };

/**
 * Members that a declaration of a section may have. `check` returns the fault of a value, as text that follows the member's name.
 */
export type Members = Readonly<Record<string, { readonly required?: boolean; check(value: Json): string | undefined }>>;

const scalar = (value: Json): string | undefined =>
  typeof value === 'object' ? `must be a string, not ${show(value)}` : undefined;
const number = (value: Json): string | undefined =>
  typeof value !== 'object' && value !== '' && Number.isFinite(Number(value))
    ? undefined
    : `must be a number, not ${show(value)}`;
const string = (value: Json): string | undefined =>
  typeof value === 'string' ? undefined : `must be a string, not ${show(value)}`;
const list = (value: Json): string | undefined =>
  Array.isArray(value) && value.length > 0 ? undefined : `must be a list that is not empty`;
const map = (value: Json): string | undefined => (isObject(value) ? undefined : `must be a map, not ${show(value)}`);
const boolean = (value: Json): string | undefined =>
  ['true', 'false'].includes(String(value)) ? undefined : `must be true or false, not ${show(value)}`;
/** CloudFormation: "Every Description member must be a string". This applies before any function is evaluated. */
export const literal = (value: Json): string | undefined =>
  typeof value === 'string' ? undefined : `must be a literal string, not ${show(value)}`;
const anything = (): undefined => undefined;

export const parameterMembers: Members = {
  Type: { required: true, check: string },
  Default: { check: scalar },
  Description: { check: scalar },
  AllowedValues: { check: (value) => list(value) ?? scalars(value) },
  AllowedPattern: { check: pattern },
  ConstraintDescription: { check: scalar },
  MinLength: { check: number },
  MaxLength: { check: number },
  MinValue: { check: number },
  MaxValue: { check: number },
  NoEcho: { check: boolean },
};

export const ruleMembers: Members = {
  RuleCondition: { check: map },
  Assertions: {
    required: true,
    check: (value) =>
      list(value) ??
      ((value as readonly Json[]).every((item) => isObject(item) && isObject(item.Assert))
        ? undefined
        : 'must each have an Assert'),
  },
};

export const resourceMembers: Members = {
  Type: { required: true, check: string },
  Properties: { check: map },
  // Inert: for types that the twin does not support, and for the traffic shifting of aliases.
  CreationPolicy: { check: map },
  UpdatePolicy: { check: map },
  DependsOn: {
    check: (value) =>
      [value].flat().every((item) => typeof item === 'string') ? undefined : 'must be a logical id or a list of them',
  },
  Condition: { check: string },
  DeletionPolicy: { check: policy('Delete', 'Retain', 'RetainExceptOnCreate') },
  UpdateReplacePolicy: { check: policy('Delete', 'Retain') },
  Metadata: { check: map },
};

export const outputMembers: Members = {
  Value: { required: true, check: anything },
  Description: { check: literal },
  Condition: { check: string },
  Export: {
    check: (value) => (isObject(value) && Object.keys(value).join() === 'Name' ? undefined : 'must have a Name only'),
  },
};

/**
 * Returns the check of a policy. Snapshot is not allowed: no type that the twin supports has snapshots, and AWS rejects the
 * policy for them too.
 */
function policy(...allowed: readonly string[]): (value: Json) => string | undefined {
  return (value) =>
    typeof value === 'string' && allowed.includes(value) ? undefined : `must be one of ${allowed.join(', ')}`;
}

function pattern(value: Json): string | undefined {
  try {
    new RegExp(String(value));
    return undefined;
  } catch (error) {
    return `is not a regular expression: ${(error as Error).message}`;
  }
}

function scalars(value: Json): string | undefined {
  return [value].flat().some((item) => typeof item === 'object') ? 'must be strings' : undefined;
}
