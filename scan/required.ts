import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourceTypes } from '../src/twin/resources/index.ts';
import { requiredReasons } from './required-reasons.ts';

/** A property that the twin requires and the schema of the resource type does not. */
export interface ExtraRequirement {
  readonly type: string;
  /** Path of the property, such as `ApiStages[].ApiId`. */
  readonly property: string;
}

interface Node {
  readonly $ref?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

/**
 * Returns the properties that the twin requires and CloudFormation's resource schemas, in the copy of cfn-lint, do not. The twin
 * must not reject a template without a property that AWS does not require, unless there is a reason.
 */
export const extraRequirements = (schemas: string): ExtraRequirement[] => {
  const index = JSON.parse(readFileSync(join(schemas, 'providers/us-east-1.json'), 'utf8')) as Record<string, string>;
  return [...resourceTypes].flatMap(([type, { schema }]) => {
    const name = index[type];
    if (name === undefined) throw new Error(`cfn-lint has no schema of ${type}`);
    const root = JSON.parse(readFileSync(join(schemas, `resources/${name}.json`), 'utf8')) as Node;
    return extra(schema as Node, root, root, '').map((property) => ({ type, property }));
  });
};

/**
 * Returns a sentence for each requirement without a reason, and for each reason without a requirement. `Key` and `Value` of
 * resource tags are exempt.
 */
export const unexplained = (found: readonly ExtraRequirement[]): string[] => {
  const own = found.filter(({ property }) => !/^Tags\[\]\.(Key|Value)$/.test(property));
  const missing = own.filter(({ type, property }) => requiredReasons[type]?.[property] === undefined);
  const stale = Object.entries(requiredReasons).flatMap(([type, reasons]) =>
    Object.keys(reasons)
      .filter((property) => !own.some((one) => one.type === type && one.property === property))
      .map((property) => ({ type, property })),
  );
  return [
    ...missing.map(
      ({ type, property }) =>
        `${type} requires ${property} in the twin, and not in CloudFormation: see whether AWS deploys a template without it, and then let the twin start, or give the reason in scan/required-reasons.ts`,
    ),
    ...stale.map(
      ({ type, property }) => `scan/required-reasons.ts: ${type} does not require ${property} any more: remove it`,
    ),
  ];
};

/**
 * Returns the paths that `own` requires and `aws` does not. A part that AWS describes in another form, such as `oneOf`, counts as
 * not required.
 */
const extra = (own: Node, aws: Node | undefined, root: Node, path: string): string[] => {
  const { required = [], properties = {}, items } = resolved(aws, root) ?? {};
  const here = (own.required ?? []).filter((name) => !required.includes(name)).map((name) => `${path}${name}`);
  const inner = Object.entries(own.properties ?? {}).flatMap(([name, schema]) =>
    extra(schema, properties[name], root, `${path}${name}.`),
  );
  const elements = own.items ? extra(own.items, items, root, `${path.replace(/\.$/, '')}[].`) : [];
  return [...here, ...inner, ...elements];
};

const resolved = (node: Node | undefined, root: Node): Node | undefined => {
  if (node?.$ref === undefined) return node;
  const parts = node.$ref.replace(/^#\//, '').split('/');
  const found = parts.reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], root);
  return resolved(found as Node | undefined, root);
};
