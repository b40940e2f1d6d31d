/**
 * Creates an element. Strings become text nodes and are never parsed as HTML. Attributes have their HTML names, `class` included.
 * `true` is an attribute without a value; `false` and undefined are omitted. A function is a listener for the event with its
 * name.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Readonly<Record<string, string | number | boolean | undefined | ((event: any) => void)>>} [attributes]
 * @param {...(Node | string | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== false && value !== undefined) made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
};

/**
 * @param {string} label
 * @param {(event: MouseEvent) => void} click
 * @param {Readonly<Record<string, string | boolean | undefined>>} [attributes]
 */
export const button = (label, click, attributes = {}) => element('button', { type: 'button', click, ...attributes }, label);

/**
 * Announces a finished action to users of screen readers, and shows it for 4 seconds.
 * @param {string} text
 */
export const announce = (text) => {
  const place = document.getElementById('announcement');
  if (place === null) return;
  place.textContent = text;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    place.textContent = '';
  }, 4000);
};

/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding;

/**
 * Creates a button that copies a text.
 * @param {string} label
 * @param {() => string} text
 * @param {Readonly<Record<string, string | boolean | undefined>>} [attributes]
 */
export const copyButton = (label, text, attributes = {}) =>
  button(
    label,
    async () => {
      try {
        await navigator.clipboard.writeText(text());
        announce('Copied');
      } catch {
        announce('The browser does not allow copying');
      }
    },
    attributes,
  );

/**
 * Returns true if an element is a field that receives the pressed keys.
 * @param {EventTarget | null} target
 */
export const isField = (target) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
