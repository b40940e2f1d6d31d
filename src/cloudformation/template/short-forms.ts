import type { CollectionTag, ScalarTag } from 'yaml';
import type { Json, JsonObject } from '../json.ts';

/**
 * Every short form of CloudFormation, with or without `AWS::LanguageExtensions`. Those that the twin does not evaluate are
 * rejected later, with the resource that uses them.
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

/** Returns all short forms: `!Ref`, `!Sub` and others. */
export const shortForms = (): Iterable<string> => keys.keys();

export const isShortForm = (tag: string): boolean => keys.has(tag);

/** Converts `!Join [...]` to `{ 'Fn::Join': [...] }`, and `!GetAtt A.B.C` to `{ 'Fn::GetAtt': ['A', 'B.C'] }`. */
export const longForm = (tag: string, argument: Json): JsonObject => {
  const key = keys.get(tag) ?? tag;
  return { [key]: key === 'Fn::GetAtt' && typeof argument === 'string' ? splitAttribute(argument) : argument };
};

/** Splits `Table.Arn` into `['Table', 'Arn']`. Logical ids have no dots; attributes may have. */
export const splitAttribute = (text: string): [string] | [string, string] => {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
};

/** The short forms as tags for the YAML parser. Every tag may precede a string, a list or a map. */
export const shortFormTags: readonly (ScalarTag | CollectionTag)[] = [...keys.keys()].flatMap((tag) => [
  { tag, resolve: (text: string) => text },
  { tag, collection: 'seq' as const },
  { tag, collection: 'map' as const },
]);
