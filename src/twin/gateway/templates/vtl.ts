import { Compile, parse } from 'velocityjs';
import { bounded } from '../../../cloudformation/bounded.ts';
import { LocalError } from '../../../cloudformation/errors.ts';
import type { Context } from '../context.ts';
import { type Headers, type HttpRequest, parseQuery } from '../http.ts';
import { evaluatePath, type JsonPath, parseJsonPath } from './json-path.ts';
import { javaMethods, knownMethods } from './vtl-methods.ts';
import { util } from './vtl-util.ts';
import { parseJson, print, toJsonList } from './vtl-values.ts';

/** Input of a mapping template. */
export interface TemplateInput {
  /** Payload: the body of the request, or of the integration's response. */
  readonly body: string;
  readonly request: HttpRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Templates write `requestOverride` and `responseOverride`. */
  readonly context: Context;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** A compiled mapping template. */
export type MappingTemplate = (input: TemplateInput) => string;

/**
 * Compiles a mapping template in the Velocity Template Language, with API Gateway's `$input`, `$context`, `$stageVariables` and
 * `$util`. Throws a LocalError that names a method which the twin does not support. Rendering throws the errors of the template.
 */
export const compileTemplate = (template: string): MappingTemplate => {
  const nodes = parseTemplate(template);
  rejectUnknownMethods(nodes, template);
  const isQuick = !mayTakeLong(template);
  return ({ body, request, pathParameters, context, stageVariables }) => {
    const variables = {
      input: inputVariable(body, request, pathParameters),
      context,
      stageVariables: { ...stageVariables },
      util: { ...util },
    };
    const render = (): string => new Rendering(nodes, { customMethodHandlers: javaMethods }).render(variables);
    return isQuick ? render() : bounded(render);
  };
};

/**
 * Returns true for a template with several loops, which may be nested, ranges, macros or regular expressions. The time of other templates,
 * such as one that splits at commas, is proportional to their input.
 */
const mayTakeLong = (template: string): boolean =>
  /\.\.|#\{?(?:macro|evaluate|parse)|#\{?foreach[\s\S]*#\{?foreach|\.(?:matches|replaceAll|replaceFirst)\(|\.split\((?!(["'])[^\\]\1\))/.test(
    template,
  );

/** Prints objects as API Gateway does, and an empty string for a value of `$context` that the request does not have. */
class Rendering extends Compile {
  protected override getReferences(ast: never, isPrinted?: boolean): string {
    const { id } = ast as { readonly id?: unknown };
    const isContext = isPrinted && id === 'context';
    // Evaluated once, because the expression can write an override.
    const value: unknown = super.getReferences(ast, isContext ? false : isPrinted) ?? (isContext ? '' : undefined);
    return (isPrinted && typeof value === 'object' && value !== null ? print(value) : value) as string;
  }
}

const parseTemplate = (template: string): ReturnType<typeof parse> => {
  try {
    return parse(template);
  } catch (error) {
    // The parser appends a list of all tokens that it expected.
    const [reason] = String(error instanceof Error ? error.message : error).split('\nExpecting', 1);
    throw new LocalError('INVALID_PROPERTY', `The mapping template is not valid VTL: ${reason}`, { cause: error });
  }
};

const rejectUnknownMethods = (node: unknown, template: string): void => {
  if (Array.isArray(node)) {
    for (const child of node) {
      rejectUnknownMethods(child, template);
    }
  } else if (typeof node === 'object' && node !== null) {
    if ('type' in node && node.type === 'method' && 'id' in node && !knownMethods.has(String(node.id))) {
      throw new LocalError(
        'INVALID_PROPERTY',
        `A mapping template calls .${node.id}(), which the twin does not support: ${template.trim().slice(0, 80)}`,
      );
    }
    for (const child of Object.values(node)) {
      rejectUnknownMethods(child, template);
    }
  }
};

/** `$input`: the payload and the parameters of the request. */
const inputVariable = (body: string, request: HttpRequest, pathParameters: Readonly<Record<string, string>>) => {
  let parsed: { value: unknown } | undefined;
  const select = (path: string): unknown => {
    parsed ??= { value: body.trim() === '' ? {} : parseJson(body) };
    const value = evaluatePath(jsonPath(path), parsed.value);
    // A wildcard returns a new list.
    return Array.isArray(value) ? toJsonList(value) : value;
  };
  const params = (name?: string): unknown => {
    const query = parseQuery(request.query);
    if (name === undefined) {
      return {
        path: parameterMap(Object.entries(pathParameters)),
        querystring: parameterMap(query),
        header: parameterMap(request.headers),
      };
    }
    return pathParameters[name] ?? lastOf(query, name) ?? lastOf(request.headers, name) ?? '';
  };
  return {
    // As recorded: in a template, an empty payload is {}.
    body: body === '' ? '{}' : body,
    params,
    path: (path: string): unknown => select(path) ?? '',
    json: (path: string): string => JSON.stringify(select(path) ?? ''),
  };
};

/** Names are case-sensitive, including headers: `$input.params('Origin')` does not find `origin`. */
const lastOf = (pairs: Headers, name: string): string | undefined => pairs.findLast(([key]) => key === name)?.[1];

/** Creates a map whose `get` returns an empty string for a missing name. */
const parameterMap = (pairs: Headers): object => {
  const map: Record<string, string> = Object.fromEntries(pairs);
  const get = (name: unknown): string => (Object.hasOwn(map, String(name)) ? (map[String(name)] ?? '') : '');
  return Object.defineProperty(map, 'get', { value: get, configurable: true, enumerable: false });
};

const paths = new Map<string, JsonPath>();

const jsonPath = (path: string): JsonPath => {
  const known = paths.get(path) ?? parseJsonPath(path);
  paths.set(path, known);
  return known;
};
