/**
 * Compiles an IAM pattern, in which `*` matches any characters and `?` one; `i` ignores case. It is not compiled to a regular
 * expression, because a client chooses the text, and a pattern with several `*` could then take hours. Here the time is at most
 * proportional to the product of both lengths.
 */
export const wildcard = (pattern: string, flags: '' | 'i' = ''): Wildcard => {
  const wildcards = known[flags];
  const found = wildcards.get(pattern);
  if (found) return found;
  const made = compile(pattern, flags === 'i' ? (text) => text.toLowerCase() : (text) => text);
  if (wildcards.size >= maxWildcards) wildcards.clear();
  wildcards.set(pattern, made);
  return made;
};

export interface Wildcard {
  test(text: string): boolean;
}

/** Quotes text for a pattern: a NUL before a character makes it literal. No text in IAM contains NUL. */
export const literal = (text: string): string => text.replace(/[*?]/g, '\0$&');

/** Compiled patterns. Policies are few and apply to every request; compiling a pattern takes longer than matching it. */
const known = { '': new Map<string, Wildcard>(), i: new Map<string, Wildcard>() };
const maxWildcards = 1000;

const compile = (pattern: string, fold: (text: string) => string): Wildcard => {
  const folded = fold(pattern);
  if (!/[*?\0]/.test(folded)) return { test: (text) => fold(text) === folded };
  const tokens = folded.match(/\0?./gsu) ?? [];
  return { test: (text) => matches(tokens, characters(fold(text))) };
};

/** Splits a text into characters. Most texts have no surrogate pairs and need not be split. */
const characters = (text: string): ArrayLike<string> => (/[\ud800-\udfff]/.test(text) ? Array.from(text) : text);

/** Matches greedily: if the rest does not match, only the last `*` takes one more character. Earlier ones need no retry. */
const matches = (tokens: readonly string[], text: ArrayLike<string>): boolean => {
  let [next, at, star, taken] = [0, 0, -1, 0];
  while (at < text.length) {
    const token = tokens[next];
    if (token === '*') {
      star = next;
      taken = at;
      next += 1;
    } else if (token === '?' || (token !== undefined && token.replace('\0', '') === text[at])) {
      next += 1;
      at += 1;
    } else if (star !== -1) {
      taken += 1;
      next = star + 1;
      at = taken;
    } else return false;
  }
  return tokens.slice(next).every((token) => token === '*');
};
