/** What turns of a loop have in common, and where what they have not is put. */
export interface Turns {
  readonly section: 'Resources' | 'Outputs';
  /** Name of the loop, for messages. */
  readonly name: string;
  /** What stands for the value in each turn. */
  readonly identifier: string;
  readonly values: readonly string[];
  /** Mapping that takes what differs, a row for each value. Without one nothing but the value may differ. */
  readonly mapping?: string;
  /** The mappings of the template, which are added to. */
  readonly mappings: Mappings;
}

export type Members = Readonly<Record<string, unknown>>;
export type Mappings = Record<string, Record<string, Record<string, unknown>>>;

/** Where in a member a value stands. */
interface Context {
  readonly loop: Turns;
  /** What the members' logical ids have in common. */
  readonly member: string;
  /** The property that the values stand under: it names their column. */
  readonly key: string;
  /** Within the text of `Fn::Sub`, where placeholders are at home. */
  readonly inSub?: boolean;
  /** Where CloudFormation wants a literal. */
  readonly literal?: boolean;
}

/** One value that is each of these in its turn. CloudFormation puts the identifier into `Ref` and `Fn::Sub` only. */
export const generalize = (values: readonly unknown[], context: Context): unknown => {
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

const inside = (context: Context, key: string): Context => {
  const { section } = context.loop;
  return {
    ...context,
    key: /^(Fn::|Ref$)/.test(key) ? context.key : key,
    inSub: key === 'Fn::Sub',
    literal: key === 'DependsOn' || key === 'Type' || key === 'Fn::If' || (section === 'Outputs' && key === 'Description'),
  };
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
