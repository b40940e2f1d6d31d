import type { Schema } from '../../src/cloudformation/schema.ts';

/** What a schema says about a path. Paths leave out the indexes of lists: `MethodSettings.HttpMethod`. */
export interface SchemaPath {
  readonly path: string;
  /** A single value, or a map whose names are the user's: nothing below it has a path of its own. */
  readonly isLeaf: boolean;
  /** Only one value passes, so that there is nothing to act on. */
  readonly isFixed: boolean;
}

/** Every path of a schema but the root, once. */
export const schemaPaths = (schema: Schema): SchemaPath[] => [
  ...new Map(pathsOf(schema, '').map((found) => [found.path, found])).values(),
];

const pathsOf = (schema: Schema, path: string): SchemaPath[] => {
  const branches = [schema.items ?? [], schema.anyOf ?? [], schema.oneOf ?? [], schema.allOf ?? []].flat();
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    member === false ? [] : pathsOf(member, path === '' ? name : `${path}.${name}`),
  );
  const below = [...branches.flatMap((branch) => pathsOf(branch, path)), ...members].filter((found) => found.path !== path);
  const isFixed = schema.const !== undefined || (schema.supported ?? schema.enum)?.length === 1;
  return [...(path === '' ? [] : [{ path, isLeaf: below.length === 0, isFixed }]), ...below];
};
