/**
 * A pattern of IAM's, in which `*` stands for any characters and `?` for one; with `i`, regardless of case. Not a regular
 * expression: a request names the text, and could keep one busy for hours with a pattern of several `*`. Here the time grows
 * with the product of both lengths at most.
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

/** Text for a pattern in which every character stands for itself: behind a NUL, which no text of IAM's has. */
export const literal = (text: string): string => text.replace(/[*?]/g, '\0$&');

/** Policies are few, and held against every request: to read their patterns each time would take longer than to match them. */
const known = { '': new Map<string, Wildcard>(), i: new Map<string, Wildcard>() };
const maxWildcards = 1000;

const compile = (pattern: string, fold: (text: string) => string): Wildcard => {
  const folded = fold(pattern);
  if (!/[*?\0]/.test(folded)) return { test: (text) => fold(text) === folded };
  const tokens = folded.match(/\0?./gsu) ?? [];
  return { test: (text) => matches(tokens, characters(fold(text))) };
};

/** Most texts have no character that takes two units of UTF-16, and need not be taken apart. */
const characters = (text: string): ArrayLike<string> => (/[\ud800-\udfff]/.test(text) ? Array.from(text) : text);

/** Lets the last `*` take one character more whenever the rest does not fit: none before it needs to be tried again. */
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
