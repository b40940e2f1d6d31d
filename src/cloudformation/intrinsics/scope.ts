import { didYouMean } from '../../text/nearest.ts';
import { LocalError, type LocalErrorCode } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { StackIdentity } from '../stack-identity.ts';

/** Meaning of names where a value is evaluated. */
export interface Scope {
  /** Owner of the value, as messages begin: `ItemsTable (AWS::DynamoDB::Table)`. */
  readonly owner: string;
  readonly stack: StackIdentity;
  readonly parameters: ReadonlyMap<string, Json>;
  readonly mappings: ReadonlyMap<string, JsonObject>;
  /** True if the template declares the transform AWS::LanguageExtensions; absent means false. */
  readonly languageExtensions?: boolean;
  /** Value of a condition; undefined if there is none of that name. */
  condition(name: string): boolean | undefined;
  /** Names of all conditions, to suggest one; none where nothing may refer to conditions. */
  readonly conditionNames?: Iterable<string>;
  /** Absent where CloudFormation lets nothing refer to resources: Conditions and Rules. */
  readonly resources?: ResourceReferences;
}

/** Both throw a LocalError that `fail` makes if there is no such resource or attribute. */
export interface ResourceReferences {
  ref(logicalId: string, fail: Fail): Json;
  getAtt(logicalId: string, attribute: string, fail: Fail): Json;
}

/** Throws a LocalError whose message begins with the place of the value at fault. */
export type Fail = (code: LocalErrorCode, message: string) => never;

/** The `fail` of a place in `owner`; `path` is empty for the owner itself. */
export const failAt =
  (owner: string, path = ''): Fail =>
  (code, message) => {
    throw new LocalError(code, `${owner}: ${path ? `${path}: ` : ''}${message}`);
  };

/** One message for a dangling name, whether it is found by reading the template or by evaluating it. `known` are names for it. */
export const unknownName = (name: string, known: Iterable<string>): string => {
  const remedy = didYouMean(name, known) || ': correct the name or declare it';
  return `refers to ${name}, but the template has no parameter or resource of that name${remedy}`;
};

/** Stands in for what only a started resource can tell. A string that holds it anywhere is not known yet. */
export const unresolved = '\u0000unresolved\u0000';

export const isUnresolved = (value: unknown): boolean => typeof value === 'string' && value.includes(unresolved);
