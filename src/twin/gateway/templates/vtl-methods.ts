import { util } from './vtl-util.ts';
import { print } from './vtl-values.ts';

interface Call {
  readonly property: string;
  readonly context: unknown;
  readonly params: readonly unknown[];
}

type Method<Receiver> = (receiver: Receiver, ...parameters: readonly unknown[]) => unknown;

/** Methods of `java.lang.String`. `matches` compares the whole text, as `String.matches` in Java does. */
const stringMethods: Readonly<Record<string, Method<string>>> = {
  charAt: (text, index) => text.charAt(Number(index)),
  compareTo: (text, other) => (text < String(other) ? -1 : Number(text > String(other))),
  concat: (text, other) => text + String(other),
  contains: (text, other) => text.includes(String(other)),
  endsWith: (text, other) => text.endsWith(String(other)),
  equals: (text, other) => text === other,
  equalsIgnoreCase: (text, other) => typeof other === 'string' && text.toLowerCase() === other.toLowerCase(),
  hashCode: (text) => [...Array(text.length).keys()].reduce((hash, index) => (31 * hash + text.charCodeAt(index)) | 0, 0),
  indexOf: (text, other, from) => text.indexOf(String(other), Number(from ?? 0)),
  isBlank: (text) => text.trim() === '',
  isEmpty: (text) => text === '',
  lastIndexOf: (text, other) => text.lastIndexOf(String(other)),
  length: (text) => text.length,
  matches: (text, pattern) => new RegExp(`^(?:${pattern})$`).test(text),
  replace: (text, from, to) => text.replaceAll(String(from), () => String(to)),
  replaceAll: (text, pattern, to) => text.replace(new RegExp(String(pattern), 'g'), String(to)),
  replaceFirst: (text, pattern, to) => text.replace(new RegExp(String(pattern)), String(to)),
  split: (text, pattern, limit) => split(text, String(pattern), limit === undefined ? 0 : Number(limit)),
  startsWith: (text, other) => text.startsWith(String(other)),
  substring: (text, begin, end) => text.slice(Number(begin), end === undefined ? undefined : Number(end)),
  toLowerCase: (text) => text.toLowerCase(),
  toString: (text: string) => text,
  toUpperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
};

/** Methods of `java.util.List`. */
const listMethods: Readonly<Record<string, Method<unknown[]>>> = {
  add: (list, value) => list.push(value) > 0,
  addAll: (list, values) => list.push(...(Array.isArray(values) ? values : [])) > 0,
  contains: (list, value) => list.includes(value),
  get: (list, index) => list[Number(index)],
  indexOf: (list, value) => list.indexOf(value),
  isEmpty: (list) => list.length === 0,
  remove: (list, index) => list.splice(Number(index), 1)[0],
  set: (list, index, value) => {
    const [before] = list.splice(Number(index), 1, value);
    return before;
  },
  size: (list) => list.length,
  subList: (list, from, to) => list.slice(Number(from), Number(to)),
  toString: (list: unknown[]) => print(list),
};

/** Methods of `java.util.Map`. */
const mapMethods: Readonly<Record<string, Method<Record<string, unknown>>>> = {
  containsKey: (map, key) => Object.hasOwn(map, String(key)),
  containsValue: (map, value) => Object.values(map).includes(value),
  entrySet: (map) => Object.entries(map).map(([key, value]) => ({ key, value })),
  get: (map, key) => (Object.hasOwn(map, String(key)) ? map[String(key)] : undefined),
  // Entries of entrySet() are maps here, so these two methods belong to entries.
  getKey: (entry) => entry.key,
  getValue: (entry) => entry.value,
  isEmpty: (map) => Object.keys(map).length === 0,
  keySet: (map) => Object.keys(map),
  put: (map, key, value) => {
    const before = map[String(key)];
    map[String(key)] = value;
    return before ?? '';
  },
  remove: (map, key) => {
    const before = map[String(key)];
    delete map[String(key)];
    return before;
  },
  size: (map) => Object.keys(map).length,
  toString: (map: Record<string, unknown>) => print(map),
  values: (map) => Object.values(map),
};

/** Methods of numbers and booleans. */
const scalarMethods: Readonly<Record<string, Method<unknown>>> = {
  equals: (value, other) => value === other,
  intValue: (value) => Math.trunc(Number(value)),
  toString: (value: unknown) => String(value),
};

/** Methods of `$input`. The methods of `$util` come from the object itself. */
const inputMethods = ['params', 'json', 'path'];

/** Every method name that the twin supports in templates. */
export const knownMethods: ReadonlySet<string> = new Set(
  [stringMethods, listMethods, mapMethods, scalarMethods, util]
    .flatMap((methods) => Object.keys(methods))
    .concat(inputMethods),
);

/** The Java methods in the format of velocityjs. Methods of the object itself have precedence. */
export const javaMethods = [
  {
    uid: 'java',
    match: (): boolean => true,
    resolve: ({ property, context, params }: Call): unknown => {
      const own = isRecord(context) && Object.hasOwn(context, property) ? context[property] : undefined;
      if (typeof own === 'function') {
        return own(...params);
      }
      const methods: Readonly<Record<string, Method<never>>> = methodsOf(context);
      const method = Object.hasOwn(methods, property) ? methods[property] : undefined;
      return method?.(context as never, ...params);
    },
  },
];

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const methodsOf = (receiver: unknown): Readonly<Record<string, Method<never>>> => {
  if (typeof receiver === 'string') {
    return stringMethods;
  }
  if (Array.isArray(receiver)) {
    return listMethods;
  }
  return typeof receiver === 'object' && receiver !== null ? mapMethods : scalarMethods;
};

/** Splits as Java does: the pattern is a regular expression, and without a limit trailing empty strings are dropped. */
const split = (text: string, pattern: string, limit: number): string[] => {
  const parts = text.split(new RegExp(pattern));
  if (limit > 0 && parts.length > limit) {
    const separators = new RegExp(pattern, 'g');
    for (let count = 1; count < limit; count++) {
      separators.exec(text);
    }
    return [...parts.slice(0, limit - 1), text.slice(separators.lastIndex)];
  }
  while (limit === 0 && parts.length > 1 && parts.at(-1) === '') {
    parts.pop();
  }
  return parts;
};
