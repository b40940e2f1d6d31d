import type { ConditionContext } from './condition-context.ts';

/**
 * A text of a policy with its variables replaced: `${aws:PrincipalAccount}`, with a default `${aws:username, 'nobody'}`, and
 * `${*}`, `${?}`, `${$}` for these characters. Undefined if one has no value: such a text is equal to nothing. `quote` writes
 * values into a text that is a pattern. (IAM User Guide, "IAM policy elements: Variables and tags".)
 */
export const expand = (
  text: string,
  context: ConditionContext,
  quote: (value: string) => string = (value) => value,
): string | undefined => {
  if (!text.includes('${')) return text;
  let complete = true;
  const expanded = text.replace(variable, (_, content: string) => {
    if (isCharacter(content)) return quote(content);
    const { key, fallback } = parse(content);
    const value = context.get(key)?.[0] ?? fallback;
    complete &&= value !== undefined;
    return quote(value ?? '');
  });
  return complete ? expanded : undefined;
};

/** The condition keys that the variables of a text stand for, in lower case. */
export const variablesOf = (text: string): string[] =>
  [...text.matchAll(variable)].flatMap(([, content = '']) => (isCharacter(content) ? [] : parse(content).key));

const variable = /\$\{([^}]*)\}/g;

const isCharacter = (content: string): boolean => ['*', '?', '$'].includes(content);

const parse = (content: string): { key: string; fallback: string | undefined } => {
  const [, key = content, fallback] = /^([^,]*?)\s*,\s*'([^']*)'\s*$/.exec(content) ?? [];
  return { key: key.trim().toLowerCase(), fallback };
};
