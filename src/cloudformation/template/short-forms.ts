import type { CollectionTag, ScalarTag } from 'yaml';
import type { Json, JsonObject } from '../json.ts';

/**
 * Every short form that CloudFormation knows, with or without `AWS::LanguageExtensions`. Those that the twin does not evaluate
 * are rejected later, when the resource that uses them can be named.
 */
const functionNames = [
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAtt',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
];

const keys = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...functionNames.map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

/** `!Ref`, `!Sub` and all others. */
export const shortForms = (): Iterable<string> => keys.keys();

export const isShortForm = (tag: string): boolean => keys.has(tag);

/** `!Join [...]` as `{ 'Fn::Join': [...] }`; `!GetAtt A.B.C` as `{ 'Fn::GetAtt': ['A', 'B.C'] }`. */
export const longForm = (tag: string, argument: Json): JsonObject => {
  const key = keys.get(tag) ?? tag;
  return { [key]: key === 'Fn::GetAtt' && typeof argument === 'string' ? splitAttribute(argument) : argument };
};

/** `Table.Arn` as `['Table', 'Arn']`: logical ids have no dots, attributes may. */
export const splitAttribute = (text: string): [string] | [string, string] => {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
};

/** The short forms as tags for the YAML reader. Every function may stand before a string, a list or a map. */
export const shortFormTags: readonly (ScalarTag | CollectionTag)[] = [...keys.keys()].flatMap((tag) => [
  { tag, resolve: (text: string) => text },
  { tag, collection: 'seq' as const },
  { tag, collection: 'map' as const },
]);
