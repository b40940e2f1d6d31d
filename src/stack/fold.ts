import type { CommentedTemplate, Template } from './cloudformation.ts';
import type { Comments } from './comment.ts';
import { generalize, type Mappings, type Members, type Turns } from './generalize.ts';

/** Members of a section that are the same but for the value that each is made for. */
export interface Family {
  /** Name of the loop: `Fn::ForEach::<name>`. */
  readonly name: string;
  /** What stands for the value in each turn. */
  readonly identifier: string;
  readonly values: readonly string[];
  /** Logical ids of the members, `*` for the value. */
  readonly ids: readonly string[];
}

/** A family of resources or outputs that are the same but for what a row of a mapping says. */
export interface Loop extends Family {
  readonly section: 'Resources' | 'Outputs';
  /** Mapping that takes what differs from value to value, a row for each. */
  readonly mapping: string;
  /** Loops within each turn, over ids that have this loop's placeholder. Their members differ in their values only. */
  readonly inner?: readonly Family[];
}

/**
 * Writes each family once, as `Fn::ForEach`, and what differs between its members into a mapping. CloudFormation makes the
 * same template of it again (AWS::LanguageExtensions); written out it would be too large to be taken without a bucket.
 * Throws an Error that names the loop and the property if members differ in more than text.
 */
export const fold = ({ template, comments }: CommentedTemplate, loops: readonly Loop[]): CommentedTemplate =>
  loops.reduce(foldLoop, {
    template: { ...template, Transform: 'AWS::LanguageExtensions', Mappings: structuredClone(template.Mappings ?? {}) },
    comments,
  });

const foldLoop = ({ template, comments }: CommentedTemplate, loop: Loop): CommentedTemplate => {
  const mappings = template.Mappings as Mappings;
  const { section, inner = [] } = loop;
  const folded = foldFamily(template[section] as Members, { ...loop, mappings }, (fragment) =>
    inner.reduce((members, family) => foldFamily(members, { ...family, section, mappings }), fragment),
  );
  return {
    template: { ...template, [section]: folded } as Template,
    comments: { ...comments, ...commentOf(comments, new Set(idsOf(loop)), loop.name) },
  };
};

/** The members with the loop in place of its family, where the first of it was. */
const foldFamily = (
  members: Members,
  loop: Family & Turns,
  change: (fragment: Members) => Members = (fragment) => fragment,
): Members => {
  const { name, identifier, values } = loop;
  const fragment = loop.ids.map((pattern) => [
    pattern.replace('*', `\${${identifier}}`),
    generalize(
      idsOf({ ...loop, ids: [pattern] }).map((id) => memberOf(members, id, loop)),
      { loop, member: pattern.replace('*', ''), key: '' },
    ),
  ]);
  const ids = new Set(idsOf(loop));
  const [first] = Object.keys(members).filter((id) => ids.has(id));
  return Object.fromEntries(
    Object.entries(members).flatMap(([id, member]) => {
      if (!ids.has(id)) return [[id, member]];
      return id === first ? [[`Fn::ForEach::${name}`, [identifier, values, change(Object.fromEntries(fragment))]]] : [];
    }),
  );
};

const idsOf = ({ ids, values }: Family): string[] =>
  ids.flatMap((pattern) => values.map((value) => pattern.replace('*', value)));

const memberOf = (members: Members, id: string, { name }: Family): unknown => {
  if (!(id in members)) throw new Error(`Loop ${name} has the member ${id}, which the template does not have`);
  return members[id];
};

/** The comment of a member is that of its loop. */
const commentOf = (comments: Comments, ids: ReadonlySet<string>, name: string): Comments =>
  Object.fromEntries(
    Object.entries(comments).flatMap(([id, text]) => (ids.has(id) ? [[`Fn::ForEach::${name}`, text]] : [])),
  );
