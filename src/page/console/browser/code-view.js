import { element } from './dom.js';
import { size } from './format.js';
import { jsonTokens } from './json-text.js';

/**
 * Returns a text in a scrollable box. JSON is indented and coloured.
 * @param {string} text
 * @param {string} label Name of the box for users of screen readers.
 */
export const codeView = (text, label) => {
  const tokens = text.length <= mostColoured ? jsonTokens(text) : undefined;
  const content = tokens
    ? tokens.map(({ type, text: part }) => (type === 'space' ? part : element('span', { class: type }, part)))
    : [text];
  // Makes the box scrollable from the keyboard.
  return element('pre', { class: 'code', tabindex: 0, role: 'region', 'aria-label': label }, ...content);
};

/**
 * Returns a body, or the reason why there is none to show.
 * @param {import('../messages.ts').BodyView} body
 * @param {string} label
 */
export const bodyView = ({ size: bytes, text, note }, label) => {
  if (bytes === 0) return element('p', { class: 'dim' }, 'No body.');
  return element(
    'div',
    {},
    element('p', { class: 'dim caption' }, [`Body, ${size(bytes)}`, note].filter(Boolean).join('. ')),
    text !== undefined && codeView(text, label),
  );
};

/** Maximum number of characters of a coloured text. A longer one is shown unformatted, because every token is an element. */
const mostColoured = 100_000;
