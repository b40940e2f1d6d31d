import { didYouMean } from '../../text/nearest.ts';
import { LocalError, type LocalErrorCode } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { StackIdentity } from '../stack-identity.ts';

/** The names that a value can refer to, and their values. */
export interface Scope {
  /** Owner of the value, as at the start of messages: `ItemsTable (AWS::DynamoDB::Table)`. */
  readonly owner: string;
  readonly stack: StackIdentity;
  readonly parameters: ReadonlyMap<string, Json>;
  readonly mappings: ReadonlyMap<string, JsonObject>;
  /** True if the template declares the transform AWS::LanguageExtensions. False by default. */
  readonly languageExtensions?: boolean;
  /** Returns the value of a condition, or undefined if there is no such condition. */
  condition(name: string): boolean | undefined;
  /** Names of all conditions, for suggestions. Undefined where conditions cannot be referred to. */
  readonly conditionNames?: Iterable<string>;
  /** Undefined in Conditions and Rules, where CloudFormation allows no references to resources. */
  readonly resources?: ResourceReferences;
}

/** References to resources. Both methods throw the LocalError of `fail` if there is no such resource or attribute. */
export interface ResourceReferences {
  ref(logicalId: string, fail: Fail): Json;
  getAtt(logicalId: string, attribute: string, fail: Fail): Json;
}

/** Throws a LocalError. The message begins with the place of the fault. */
export type Fail = (code: LocalErrorCode, message: string) => never;

/** Returns the `fail` of a place in `owner`. `path` is empty for the owner itself. */
export const failAt =
  (owner: string, path = ''): Fail =>
  (code, message) => {
    throw new LocalError(code, `${owner}: ${path ? `${path}: ` : ''}${message}`);
  };

/** Returns the message for an undeclared name, whether parsing or evaluation finds it. `known` are the names to suggest from. */
export const unknownName = (name: string, known: Iterable<string>): string => {
  const remedy = didYouMean(name, known) || ': correct the name or declare it';
  return `refers to ${name}, but the template has no parameter or resource of that name${remedy}`;
};

/** Placeholder for a value that only a started resource provides. A string that contains it is not resolved yet. */
export const unresolved = '\u0000unresolved\u0000';

export const isUnresolved = (value: unknown): boolean => typeof value === 'string' && value.includes(unresolved);
