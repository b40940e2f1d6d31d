/**
 * @typedef {object} Token
 * @property {'name' | 'string' | 'number' | 'word' | 'mark' | 'space'} type
 * @property {string} text
 */

/**
 * Returns the tokens of a JSON text, indented by two spaces per level, or undefined if the text is not a JSON object or array.
 * Names, strings and numbers remain as they are written: no number is rounded.
 * @param {string} text
 * @returns {readonly Token[] | undefined}
 */
export const jsonTokens = (text) => {
  if (!isJson(text)) return undefined;
  const found = text.match(/"(?:[^"\\]|\\.)*"|[-+.\w]+|[{}[\],:]/g) ?? [];
  /** @type {Token[]} */
  const tokens = [];
  let level = 0;
  const line = () => tokens.push({ type: 'space', text: `\n${'  '.repeat(level)}` });
  for (const [index, token] of found.entries()) {
    const next = found[index + 1];
    if (token === '{' || token === '[') {
      tokens.push({ type: 'mark', text: token });
      level += 1;
      if (next !== '}' && next !== ']') line();
    } else if (token === '}' || token === ']') {
      level -= 1;
      const before = found[index - 1];
      if (before !== '{' && before !== '[') line();
      tokens.push({ type: 'mark', text: token });
    } else if (token === ',') {
      tokens.push({ type: 'mark', text: token });
      line();
    } else if (token === ':') tokens.push({ type: 'mark', text: ': ' });
    else tokens.push({ type: typeOf(token, next), text: token });
  }
  return tokens;
};

/**
 * Returns a JSON text with indentation, and any other text unchanged.
 * @param {string} text
 */
export const indented = (text) =>
  jsonTokens(text)
    ?.map((token) => token.text)
    .join('') ?? text;

/** @param {string} text */
const isJson = (text) => {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * @param {string} token
 * @param {string | undefined} next
 * @returns {Token['type']}
 */
const typeOf = (token, next) => {
  if (token.startsWith('"')) return next === ':' ? 'name' : 'string';
  return /^[-\d]/.test(token) ? 'number' : 'word';
};
