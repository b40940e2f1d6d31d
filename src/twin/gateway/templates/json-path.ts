import { LocalError } from '../../../cloudformation/errors.ts';

/** A parsed JSONPath: the steps from the root. */
export type JsonPath = readonly Step[];

type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'descendants'; readonly name: string };

/**
 * Parses a JSONPath with names, indexes (negative ones count from the end), wildcards and descendants: `$.pets[0]['type']`,
 * `$..id`. Throws a LocalError that names the rest of the path for filters, scripts, slices and unions.
 */
export const parseJsonPath = (path: string): JsonPath => {
  if (!path.startsWith('$')) {
    throw new LocalError('INVALID_PROPERTY', `The JSONPath ${path} does not begin with $`);
  }
  const steps: Step[] = [];
  let rest = path.slice(1);
  while (rest !== '') {
    const [step, length] = nextStep(rest) ?? [];
    if (step === undefined || length === undefined) {
      throw new LocalError(
        'INVALID_PROPERTY',
        `The JSONPath ${path} has ${rest}, which the twin does not support: use names, indexes, [*] and ..name`,
      );
    }
    steps.push(step);
    rest = rest.slice(length);
  }
  return steps;
};

/** Returns the value at a path; undefined if there is none. A path with a wildcard or descendants returns a list. */
export const evaluatePath = (path: JsonPath, root: unknown): unknown => {
  const isDefinite = path.every(({ kind }) => kind === 'name' || kind === 'index');
  const values = path.reduce<unknown[]>((nodes, step) => nodes.flatMap((node) => take(step, node)), [root]);
  return isDefinite ? values[0] : values;
};

const nextStep = (text: string): [Step, number] | undefined => {
  for (const [pattern, make] of stepPatterns) {
    const match = pattern.exec(text);
    if (match !== null) {
      return [make(match[1] ?? ''), match[0].length];
    }
  }
  return undefined;
};

const stepPatterns: readonly (readonly [RegExp, (text: string) => Step])[] = [
  [/^\.\.([\w-]+)/, (name) => ({ kind: 'descendants', name })],
  [/^\.\*/, () => ({ kind: 'wildcard' })],
  [/^\[\*\]/, () => ({ kind: 'wildcard' })],
  [/^\.([\w$@-]+)/, (name) => ({ kind: 'name', name })],
  [/^\['([^']*)'\]/, (name) => ({ kind: 'name', name })],
  [/^\["([^"]*)"\]/, (name) => ({ kind: 'name', name })],
  [/^\[(-?\d+)\]/, (index) => ({ kind: 'index', index: Number(index) })],
];

const take = (step: Step, node: unknown): unknown[] => {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const entries = node as Record<string, unknown>;
  switch (step.kind) {
    case 'name':
      return Object.hasOwn(entries, step.name) ? [entries[step.name]] : [];
    case 'index':
      return Array.isArray(node) && node.at(step.index) !== undefined ? [node.at(step.index)] : [];
    case 'wildcard':
      return Object.values(entries);
    case 'descendants':
      return [
        ...(!Array.isArray(node) && Object.hasOwn(entries, step.name) ? [entries[step.name]] : []),
        ...Object.values(entries).flatMap((child) => take(step, child)),
      ];
  }
};
