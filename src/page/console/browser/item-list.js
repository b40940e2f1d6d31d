import { element } from './dom.js';

/** @typedef {import('../messages.ts').ItemRow} ItemRow */

/**
 * Creates a list of items. Arrow keys move the focus; Enter opens an item.
 * @param {{ open: (token: string) => void }} options
 */
export const createItemList = ({ open }) => {
  const list = element('div', { role: 'listbox', class: 'items', 'aria-label': 'Items' });
  /** @type {string | undefined} */
  let marked;
  const rows = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const makeCurrent = (/** @type {HTMLElement | undefined} */ row) => {
    for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
  };
  const rowOf = (/** @type {EventTarget | null} */ target) =>
    target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest('[data-token]')) : null;

  list.addEventListener('click', ({ target }) => {
    const row = rowOf(target);
    if (row === null) return;
    makeCurrent(row);
    open(row.dataset.token ?? '');
  });
  list.addEventListener('keydown', (event) => {
    const row = rowOf(event.target);
    if (row === null) return;
    const all = rows();
    const at = all.indexOf(row);
    const targets = /** @type {Record<string, number>} */ ({
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: all.length - 1,
    });
    const target = targets[event.key];
    if (event.key === 'Enter' || event.key === ' ') open(row.dataset.token ?? '');
    else if (target === undefined) return;
    else {
      const next = all[Math.min(Math.max(target, 0), all.length - 1)];
      makeCurrent(next);
      next?.focus();
    }
    event.preventDefault();
  });

  const markRows = () => {
    for (const row of rows()) row.setAttribute('aria-selected', String(row.dataset.token === marked));
  };
  /** @param {readonly ItemRow[]} items */
  const append = (items) => {
    list.append(
      ...items.map(({ key, preview, token }) =>
        element(
          'div',
          { role: 'option', class: 'item', 'data-token': token, tabindex: -1 },
          element('span', { class: 'key' }, key.join(' · ')),
          element('span', { class: 'preview dim' }, preview),
        ),
      ),
    );
    if (!rows().some(({ tabIndex }) => tabIndex === 0)) makeCurrent(rows()[0]);
    markRows();
  };
  return {
    element: list,
    append,
    /** @param {readonly ItemRow[]} items */
    replace(items) {
      list.replaceChildren();
      append(items);
    },
    /** Marks the item that is open.
     * @param {string | undefined} token
     */
    mark(token) {
      marked = token ?? undefined;
      markRows();
    },
    focusMarked: () =>
      rows()
        .find(({ tabIndex }) => tabIndex === 0)
        ?.focus(),
    isEmpty: () => list.childElementCount === 0,
  };
};
