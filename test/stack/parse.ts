import { isScalar, isSeq, parse, type Tags } from 'yaml';
import type { Template } from '../../src/stack/cloudformation.ts';

const functions = [
  'Ref',
  'Condition',
  'GetAtt',
  'Sub',
  'If',
  'Join',
  'FindInMap',
  'Equals',
  'Not',
  'And',
  'Select',
  'GetAZs',
];

/** Parses a template and writes its short-form functions out, as CloudFormation does. */
export const parseTemplate = (yaml: string): Template => {
  const customTags: Tags = functions.flatMap((name) => {
    const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
    const full = (argument: unknown) => ({ [key]: argument });
    return [
      {
        tag: `!${name}`,
        resolve: (text: string) =>
          full(name === 'GetAtt' ? [text.slice(0, text.indexOf('.')), text.slice(text.indexOf('.') + 1)] : text),
      },
      {
        tag: `!${name}`,
        collection: 'seq' as const,
        resolve: (value: unknown) => {
          if (!isSeq(value)) throw new Error(`!${name} of ${value}`);
          return full(value.items.map((item) => (isScalar(item) ? item.value : (item as { toJSON(): unknown }).toJSON())));
        },
      },
    ];
  });
  return parse(yaml, { version: '1.1', customTags, uniqueKeys: true, maxAliasCount: 0 });
};
