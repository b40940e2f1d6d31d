import { isMap, isScalar, isSeq, type Node, parseDocument, type Tags } from 'yaml';
import type { Template } from '../../src/stack/cloudformation.ts';

/** Parses a template and writes its short-form functions out, as CloudFormation does. */
export const parseTemplate = (yaml: string): Template => parseYaml(yaml) as Template;

/** Parses YAML 1.1 as CloudFormation does: functions in long form, no key twice, no alias. Throws for what is not valid. */
export const parseYaml = (yaml: string): unknown => {
  const { contents, errors, warnings } = parseDocument(yaml, { version: '1.1', uniqueKeys: true, customTags });
  const [fault] = [...errors, ...warnings];
  if (fault) throw fault;
  return longForm(contents);
};

const functions = ['And', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'Join', 'Not', 'Or', 'Select', 'Split', 'Sub'];

const customTags: Tags = ['Ref', 'Condition', ...functions].flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => text },
  { tag: `!${name}`, collection: 'seq' as const },
  { tag: `!${name}`, collection: 'map' as const },
]);

const longForm = (node: Node | null): unknown => {
  const value = untagged(node);
  const name = node?.tag?.startsWith('!') ? node.tag.slice(1) : undefined;
  if (name === undefined) return value;
  const argument = name === 'GetAtt' && typeof value === 'string' ? split(value) : value;
  return { [functions.includes(name) ? `Fn::${name}` : name]: argument };
};

const untagged = (node: Node | null): unknown => {
  if (node === null || isScalar(node)) return node?.value ?? null;
  if (isSeq<Node>(node)) return node.items.map(longForm);
  if (!isMap<Node, Node | null>(node)) throw new Error(`an alias or something else: ${node}`);
  return Object.fromEntries(
    node.items.map(({ key, value }) => [String((key as { value?: unknown }).value), longForm(value)]),
  );
};

const split = (text: string): string[] => [text.slice(0, text.indexOf('.')), text.slice(text.indexOf('.') + 1)];
