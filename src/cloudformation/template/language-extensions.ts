import { LocalError } from '../errors.ts';
import { isObject, type Json, type JsonObject, show } from '../json.ts';
import type { SourceDocument } from './document.ts';
import { literal, sections as quotas } from './members.ts';
import { withNames } from './nested-names.ts';

/**
 * Applies `Fn::ForEach` of the transform AWS::LanguageExtensions, if the template declares the transform. Each loop is replaced
 * by its entries. As on AWS, an identifier is replaced only in the keys of a fragment, in `Ref` and in `Fn::Sub`. Functions in
 * the names that `Ref` and `Fn::GetAtt` refer to are replaced by the names. The evaluation rejects other functions of the
 * transform that it does not support.
 */
export const applyTransform = (document: SourceDocument): SourceDocument => {
  if (!isObject(document.root) || !Object.hasOwn(document.root, 'Transform')) return document;
  const { Transform: transform, ...sections } = document.root;
  if (transform !== 'AWS::LanguageExtensions') {
    const line = document.lineOf(document.root, 'Transform');
    throw fault(
      `line ${line}: Transform is ${show(transform)}; the local twin has AWS::LanguageExtensions only: remove any other`,
    );
  }
  if (isObject(sections.Outputs)) checkDescriptions(sections.Outputs, document);
  const origins = new WeakMap<object, JsonObject>();
  for (const name of loopSections) checkCount(name, sections[name] ?? null);
  const expansion = { origins, mappings: sections.Mappings, characters: 0 };
  const expanded = Object.entries(sections).map(([name, section]): [string, Json] => [
    name,
    loopSections.some((loops) => loops === name) && isObject(section)
      ? expandMap(section, new Map(), name, expansion)
      : section,
  ]);
  return {
    root: Object.fromEntries(expanded),
    warnings: document.warnings,
    lineOf: (container, key) => {
      const origin = isObject(container) ? origins.get(container) : undefined;
      return document.lineOf(origin ?? container, key) ?? (origin && document.lineOf(origin));
    },
  };
};

/** AWS: "You can use Fn::ForEach in the Conditions, Outputs, and Resources sections". */
const loopSections = ['Conditions', 'Resources', 'Outputs'] as const;

/** Counts the entries of the loops of a section before it creates them: nested loops multiply. */
const checkCount = (name: (typeof loopSections)[number], section: Json): void => {
  if (!isObject(section)) return;
  for (const [key, value] of Object.entries(section)) {
    if (!key.startsWith('Fn::ForEach::')) continue;
    const count = turnsOf(value);
    if (count > quotas[name]) {
      throw fault(
        `${name}.${key} makes ${count} entries; CloudFormation allows ${quotas[name]} ${name}: loop over fewer values, or split the template`,
      );
    }
  }
};

/**
 * Returns the number of entries that a loop creates, at least one for each turn. Returns 0 for a faulty loop, which the expansion
 * reports.
 */
const turnsOf = (loop: Json): number => {
  const [, values, fragment] = Array.isArray(loop) ? (loop as readonly Json[]) : [];
  if (!Array.isArray(values) || !isObject(fragment)) return 0;
  const each = Object.entries(fragment).map(([key, value]) => (key.startsWith('Fn::ForEach::') ? turnsOf(value) : 1));
  return (
    values.length *
    Math.max(
      1,
      each.reduce((sum, count) => sum + count, 0),
    )
  );
};

/** Rejects functions in a Description. The expansion would convert them to text, but CloudFormation rejects them in loops too. */
const checkDescriptions = (outputs: JsonObject, document: SourceDocument): void => {
  for (const [name, output] of Object.entries(outputs)) {
    const fragment = name.startsWith('Fn::ForEach::') && Array.isArray(output) ? (output as readonly Json[])[2] : undefined;
    if (isObject(fragment)) checkDescriptions(fragment, document);
    if (!isObject(output) || !Object.hasOwn(output, 'Description')) continue;
    const wrong = literal(output.Description ?? null);
    if (wrong) throw fault(`line ${document.lineOf(output, 'Description')}: Outputs.${name}: Description ${wrong}`);
  }
};

type Bindings = ReadonlyMap<string, string>;

interface Expansion {
  /** The map in the template for each map that the expansion creates. */
  readonly origins: WeakMap<object, JsonObject>;
  readonly mappings: Json | undefined;
  /** Number of characters created so far. */
  characters: number;
}

/** For loops in properties, the only quota is the size of the whole template. */
const maxCharacters = 1_000_000;

const measure = (text: string, path: string, expansion: Expansion): void => {
  expansion.characters += text.length + 1;
  if (expansion.characters <= maxCharacters) return;
  throw fault(
    `${path}: the template has more than ${maxCharacters} characters once Fn::ForEach is expanded, which CloudFormation does not process: loop over fewer values`,
  );
};

const expandMap = (map: JsonObject, bindings: Bindings, path: string, expansion: Expansion): JsonObject => {
  const entries = new Map<string, Json>();
  const add = (key: string, value: Json): void => {
    if (entries.has(key))
      throw fault(`${path}: ${key} is created twice by Fn::ForEach: make the keys of its fragment differ`);
    entries.set(key, value);
  };
  for (const [key, value] of Object.entries(map)) {
    const at = `${path}.${key}`;
    measure(key, at, expansion);
    if (!key.startsWith('Fn::ForEach::')) {
      add(key, expandValue(value, bindings, at, expansion));
      continue;
    }
    const { identifier, values, fragment } = loopAt(value, at);
    for (const item of values) {
      measure(item, at, expansion);
      const inner = new Map(bindings).set(identifier, item);
      const turn = expandMap(fragment, inner, at, expansion);
      for (const [name, member] of Object.entries(turn)) add(replaceInKey(name, inner), member);
    }
  }
  const result = withNames(Object.fromEntries(entries), expansion.mappings, path);
  expansion.origins.set(result, map);
  return result;
};

const expandValue = (value: Json, bindings: Bindings, path: string, expansion: Expansion): Json => {
  if (Array.isArray(value))
    return value.map((item: Json, index) => expandValue(item, bindings, `${path}.${index}`, expansion));
  if (!isObject(value)) {
    measure(String(value), path, expansion);
    return value;
  }
  const { Ref: reference, 'Fn::Sub': substitution } = value;
  if (typeof reference === 'string') return bindings.get(reference) ?? value;
  if (typeof substitution === 'string') {
    const replaced = replaceInSub(substitution, bindings);
    measure(typeof replaced === 'string' ? replaced : replaced['Fn::Sub'], path, expansion);
    return replaced;
  }
  if (Array.isArray(substitution) && typeof substitution[0] === 'string') {
    const [text, variables = {}] = substitution as readonly Json[];
    measure(String(text), path, expansion);
    const replaced = replaceInSub(String(text), bindings);
    const inner = expandValue(variables, bindings, path, expansion);
    return typeof replaced === 'string' ? replaced : { 'Fn::Sub': [replaced['Fn::Sub'] ?? '', inner] };
  }
  return expandMap(value, bindings, path, expansion);
};

const loopAt = (value: Json, path: string): { identifier: string; values: readonly string[]; fragment: JsonObject } => {
  const [identifier, values, fragment] = Array.isArray(value) ? (value as readonly Json[]) : [];
  if (typeof identifier !== 'string' || !isObject(fragment) || (value as readonly Json[]).length !== 3) {
    throw fault(`${path} must be a list of an identifier, a list of values and a map`);
  }
  if (!Array.isArray(values) || !values.every((item): item is string => typeof item === 'string')) {
    throw fault(
      `${path}: the local twin takes a literal list of strings as the values, not ${show(values)}: write them out`,
    );
  }
  // The key of a nested loop needs no placeholder: the keys that it creates are validated in the same way.
  for (const key of Object.keys(fragment).filter((name) => !name.startsWith('Fn::ForEach::'))) {
    if (![`\${${identifier}}`, `&{${identifier}}`].some((placeholder) => key.includes(placeholder))) {
      throw fault(`${path}: the key ${key} must contain \${${identifier}}, or every turn would make the same entry`);
    }
  }
  return { identifier, values, fragment };
};

/** Replaces placeholders. `&{Identifier}` is the value without characters that are not allowed in a logical id. */
const replaceInKey = (key: string, bindings: Bindings): string =>
  key.replace(/([$&])\{(\w+)\}/g, (placeholder, sign, name) => {
    const value = bindings.get(name);
    return value === undefined ? placeholder : sign === '&' ? value.replace(/[^A-Za-z0-9]/g, '') : value;
  });

const replaceInSub = (text: string, bindings: Bindings): string | { readonly 'Fn::Sub': string } => {
  const replaced = text.replace(/\$\{(\w+)\}/g, (placeholder, name) => bindings.get(name) ?? placeholder);
  return replaced.includes('${') ? { 'Fn::Sub': replaced } : replaced;
};

const fault = (message: string): LocalError => new LocalError('INVALID_TEMPLATE', message);
