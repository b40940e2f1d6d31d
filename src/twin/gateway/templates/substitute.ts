import type { Context } from '../context.ts';

/** Values of `$context.…` and `$stageVariables.…`. */
export interface Variables {
  readonly context: Context;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** Formats the value of a variable; `value` is undefined if the variable has none. */
export type Print = (value: string | undefined, name: string) => string;

/**
 * Compiles a template with plain substitution, without VTL: gateway responses and access-log formats. Everything except
 * `$context.name` and `$stageVariables.name` is copied unchanged.
 */
export const compileSubstitution = (template: string, print: Print): ((variables: Variables) => string) => {
  const parts: (string | { name: string; read: (variables: Variables) => string | undefined })[] = [];
  let end = 0;
  for (const match of template.matchAll(variablePattern)) {
    parts.push(template.slice(end, match.index));
    const name = match[0].slice(1);
    parts.push({ name, read: compileVariable(name) });
    end = match.index + match[0].length;
  }
  parts.push(template.slice(end));
  return (variables) =>
    parts.map((part) => (typeof part === 'string' ? part : print(part.read(variables), part.name))).join('');
};

/**
 * Compiles a variable such as `context.identity.sourceIp` or `stageVariables.name`. Returns undefined for null and absent values.
 */
export const compileVariable = (name: string): ((variables: Variables) => string | undefined) => {
  const [root, ...path] = name.split('.');
  return ({ context, stageVariables }) => {
    let value: unknown = root === 'context' ? context : stageVariables;
    for (const key of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
        return undefined;
      }
      value = (value as Record<string, unknown>)[key];
    }
    return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
  };
};

// Claims and authorizer values can have names with a dash or a colon (`custom:role`); API Gateway's own variables do not.
const variablePattern = /\$(?:context\.authorizer(?:\.[\w:-]*\w)+|context\.\w+(?:\.\w+)*|stageVariables\.\w+)/g;
