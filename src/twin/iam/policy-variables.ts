import type { ConditionContext } from './condition-context.ts';

/**
 * Returns a text of a policy with its variables replaced: `${aws:PrincipalAccount}`, with a default `${aws:username, 'nobody'}`,
 * and `${*}`, `${?}`, `${$}` for these characters. Returns undefined if a variable has no value: such a text matches nothing.
 * `quote` escapes values if the text is a pattern. (IAM User Guide, "IAM policy elements: Variables and tags".)
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

/** Returns the condition keys of the variables in a text, in lower case. */
export const variablesOf = (text: string): string[] =>
  [...text.matchAll(variable)].flatMap(([, content = '']) => (isCharacter(content) ? [] : parse(content).key));

const variable = /\$\{([^}]*)\}/g;

const isCharacter = (content: string): boolean => ['*', '?', '$'].includes(content);

const parse = (content: string): { key: string; fallback: string | undefined } => {
  const [, key = content, fallback] = /^([^,]*?)\s*,\s*'([^']*)'\s*$/.exec(content) ?? [];
  return { key: key.trim().toLowerCase(), fallback };
};
