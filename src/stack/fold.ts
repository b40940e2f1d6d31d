import type { CommentedTemplate, Template } from './cloudformation.ts';
import type { Comments } from './comment.ts';

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
  loop: FoldedLoop,
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

type FoldedLoop = Family & Pick<Loop, 'section'> & { readonly mapping?: string; readonly mappings: Mappings };
type Members = Readonly<Record<string, unknown>>;
type Mappings = Record<string, Record<string, Record<string, unknown>>>;

const memberOf = (members: Members, id: string, { name }: Family): unknown => {
  if (!(id in members)) throw new Error(`Loop ${name} has the member ${id}, which the template does not have`);
  return members[id];
};

/** The comment of a member is that of its loop. */
const commentOf = (comments: Comments, ids: ReadonlySet<string>, name: string): Comments =>
  Object.fromEntries(
    Object.entries(comments).flatMap(([id, text]) => (ids.has(id) ? [[`Fn::ForEach::${name}`, text]] : [])),
  );

interface Context {
  readonly loop: FoldedLoop;
  /** What the members' logical ids have in common. */
  readonly member: string;
  /** The property that the values stand under: it names their column. */
  readonly key: string;
  /** Within the text of `Fn::Sub`, where placeholders are at home. */
  readonly inSub?: boolean;
  /** Where CloudFormation wants a literal. */
  readonly literal?: boolean;
}

const inside = (context: Context, key: string): Context => {
  const { section } = context.loop;
  return {
    ...context,
    key: /^(Fn::|Ref$)/.test(key) ? context.key : key,
    inSub: key === 'Fn::Sub',
    literal: key === 'DependsOn' || key === 'Type' || key === 'Fn::If' || (section === 'Outputs' && key === 'Description'),
  };
};

/** One value that is each of these in its turn. CloudFormation puts the identifier into `Ref` and `Fn::Sub` only. */
const generalize = (values: readonly unknown[], context: Context): unknown => {
  const [first] = values;
  if (values.every((value) => same(value, first))) return first;
  // CloudFormation takes no function here, or reads it wrongly.
  if (context.literal) throw new Error(`Loop ${context.loop.name}: ${context.key} must be the same for all members`);
  if (values.every(isText)) return generalizeText(values.map(String), context);
  if (values.every((value) => Array.isArray(value) && Array.isArray(first) && value.length === first.length)) {
    const lists = values as readonly (readonly unknown[])[];
    return lists[0]?.map((_, index) =>
      generalize(
        lists.map((list) => list[index]),
        context,
      ),
    );
  }
  if (values.every((value) => isObject(value) && isObject(first) && same(names(value), names(first)))) {
    const maps = values as readonly Members[];
    return Object.fromEntries(
      Object.keys(maps[0] ?? {}).map((key) => [
        key,
        generalize(
          maps.map((map) => map[key]),
          inside(context, key),
        ),
      ]),
    );
  }
  throw new Error(`Loop ${context.loop.name}: members differ in the shape of ${context.key}: ${JSON.stringify(values)}`);
};

const generalizeText = (texts: readonly string[], context: Context): unknown => {
  const { loop, key, inSub = false } = context;
  const placeholder = `\${${loop.identifier}}`;
  if (same(texts, loop.values)) return inSub ? placeholder : { Ref: loop.identifier };
  const [pattern = '', ...others] = texts.map((text, index) => text.replaceAll(loop.values[index] ?? '', placeholder));
  // Text outside of Fn::Sub may have a placeholder's form and mean itself.
  const plain = texts.every((text) => !text.includes('${'));
  if (others.every((other) => other === pattern) && (inSub || plain)) return inSub ? pattern : { 'Fn::Sub': pattern };

  const [head, tail] = inSub ? commonEnds(texts) : ['', ''];
  const cells = texts.map((text) => text.slice(head.length, text.length - tail.length));
  const column = fill(context, columnNames[key] ?? key, cells);
  const cell = { 'Fn::FindInMap': [loop.mapping ?? '', { Ref: loop.identifier }, column] };
  return inSub ? [`${head}\${${column}}${tail}`, { [column]: cell }] : cell;
};

/** What columns are called where the property's own name would not say it. */
const columnNames: Readonly<Record<string, string>> = {
  SourceArn: 'Route',
  ZipFile: 'Code',
  HttpMethod: 'Method',
  $default: 'Model',
  'application/json': 'Body',
  ResponseType: 'Type',
  StatusCode: 'Status',
  AvailabilityZone: 'Index',
  Value: 'Call',
  'method.response.header.Access-Control-Allow-Methods': 'AllowMethods',
};

/** Puts cells into a column of the loop's mapping, one that has these or none yet. Returns its name. */
const fill = ({ loop, member }: Context, name: string, cells: readonly string[]): string => {
  const { mapping, mappings } = loop;
  if (mapping === undefined)
    throw new Error(`Loop ${loop.name}: ${name} of ${member} differs, and an inner loop has no mapping`);
  const rows = mappings[mapping] ?? {};
  const fits = (column: string): boolean =>
    loop.values.every((value, index) => (rows[value]?.[column] ?? cells[index]) === cells[index]);
  const column = [name, member + name].find((candidate) => /^[A-Za-z0-9]+$/.test(candidate) && fits(candidate));
  if (column === undefined) throw new Error(`Loop ${loop.name}: ${name} of ${member} has no column to stand in`);
  for (const [index, value] of loop.values.entries()) rows[value] = { ...rows[value], [column]: cells[index] };
  mappings[mapping] = rows;
  return column;
};

/** The longest beginning and end that all texts have, without parts of placeholders. */
const commonEnds = (texts: readonly string[]): [string, string] => {
  const [first = ''] = texts;
  let head = 0;
  while (texts.every((text) => head < text.length && text[head] === first[head])) head++;
  let tail = 0;
  while (texts.every((text) => tail < text.length - head && text.at(-1 - tail) === first.at(-1 - tail))) tail++;
  return [first.slice(0, head).replace(/\$(\{[^}]*)?$/, ''), (tail ? first.slice(-tail) : '').replace(/^[^${]*\}/, '')];
};

const names = (object: Members): string[] => Object.keys(object).sort();

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

// CloudFormation reads a number from the text of a mapping.
const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
