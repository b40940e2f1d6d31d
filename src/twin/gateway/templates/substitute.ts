import type { Context } from '../context.ts';

/** Values of `$context.…` and `$stageVariables.…`. */
export interface Variables {
  readonly context: Context;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** Prints a variable; `value` is undefined if it has none. */
export type Print = (value: string | undefined, name: string) => string;

/**
 * Prepares a template that is plain substitution and not VTL: gateway responses and access-log formats.
 * Everything but `$context.name` and `$stageVariables.name` stays as it stands.
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

/** Prepares the reading of `context.identity.sourceIp` or `stageVariables.name`. Null and absent are both undefined. */
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

// Claims and values of authorizers may have names with a dash or a colon (`custom:role`); the platform's own have none.
const variablePattern = /\$(?:context\.authorizer(?:\.[\w:-]*\w)+|context\.\w+(?:\.\w+)*|stageVariables\.\w+)/g;
