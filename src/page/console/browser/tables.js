import { ask } from './api.js';
import { button, element } from './dom.js';
import { createItemList } from './item-list.js';
import { itemPane } from './item-pane.js';

/**
 * @typedef {import('../messages.ts').TableView} TableView
 * @typedef {import('../messages.ts').ItemPage} ItemPage
 */

/** Creates the view of the tables of the stack, page by page, with one item. */
export const createTables = () => {
  /** @type {readonly TableView[]} */
  let tables = [];
  /** @type {TableView | undefined} */
  let table;
  /** @type {import('../messages.ts').StackView | undefined} */
  let stack;
  /** The next page begins after this key. @type {string | undefined} */
  let next;
  let lookedUp = '';
  /** Number of the latest query. Responses to earlier queries are dropped. */
  let turn = 0;
  let isKnown = false;

  const list = createItemList({
    open: (token) => {
      location.hash = `#/tables/${[table?.name ?? '', token].map(encodeURIComponent).join('/')}`;
    },
  });
  const choice = element('select', { 'aria-label': 'Table', change: () => toTable(choice.value) });
  const lookUp = element('input', {
    type: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    keydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape') {
        event.preventDefault();
        lookUp.value = '';
        lookUp.blur();
        submit();
      }
    },
    search: () => submit(),
  });
  const submit = () => {
    if (lookUp.value === lookedUp) return;
    lookedUp = lookUp.value;
    load();
  };
  const facts = element('span', { class: 'dim facts' });
  const message = element('div', { class: 'empty', hidden: true });
  const more = button('Next page', () => load(next), { class: 'more', hidden: true });
  const pane = element('section', { class: 'pane', 'aria-label': 'Item', tabindex: -1, hidden: true });
  const view = element(
    'div',
    { class: 'split' },
    element(
      'section',
      { class: 'listing', 'aria-label': 'Items' },
      element(
        'form',
        {
          class: 'toolbar',
          role: 'search',
          submit: (/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            lookedUp = lookUp.value;
            load();
          },
        },
        choice,
        element('span', { class: 'search' }, lookUp, element('kbd', { 'aria-hidden': 'true' }, '/')),
        element('span', { class: 'push' }),
        facts,
        button('Refresh', () => load()),
      ),
      message,
      list.element,
      more,
    ),
    pane,
  );

  const toTable = (/** @type {string} */ name) => {
    location.hash = `#/tables/${encodeURIComponent(name)}`;
  };
  const say = (/** @type {string} */ title, /** @type {string} */ text = '') => {
    message.replaceChildren(element('h2', {}, title), element('p', { class: 'dim' }, text));
    message.hidden = false;
  };

  const loadTables = async () => {
    const mine = ++turn;
    isKnown = true;
    try {
      const found = await ask('/console/tables');
      if (mine !== turn) return;
      tables = found;
    } catch (error) {
      isKnown = false;
      say('The tables cannot be read', /** @type {Error} */ (error).message);
      return;
    }
    choice.replaceChildren(...tables.map(({ name, logicalId }) => new Option(`${logicalId} (${name})`, name)));
    choice.hidden = tables.length === 0;
    if (tables.length === 0) say('No tables', 'The template has no table.');
  };
  const select = async (/** @type {TableView | undefined} */ wanted) => {
    table = wanted;
    lookedUp = '';
    lookUp.value = '';
    if (table === undefined) return;
    choice.value = table.name;
    const { partitionKey, sortKey, collection } = table;
    lookUp.placeholder = `Look up by ${partitionKey.name}`;
    lookUp.setAttribute('aria-label', lookUp.placeholder);
    const keys = [partitionKey, ...(sortKey ? [sortKey] : [])].map(({ name, type }) => `${name} (${type})`).join(', ');
    facts.textContent = `Key ${keys}${collection === undefined ? ', read only' : ''}`;
    await load();
  };
  /** Loads the first page, or the page after an item. */
  const load = async (/** @type {string | undefined} */ after = undefined) => {
    if (table === undefined) return;
    const mine = ++turn;
    /** @type {ItemPage} */
    let page;
    try {
      page = await ask('/console/items', { table: table.name, after, id: lookedUp });
    } catch (error) {
      if (mine !== turn) return;
      list.replace([]);
      more.hidden = true;
      say('The items cannot be read', /** @type {Error} */ (error).message);
      return;
    }
    if (mine !== turn) return;
    if (after === undefined) list.replace(page.items);
    else list.append(page.items);
    next = page.next;
    more.hidden = next === undefined;
    message.hidden = !list.isEmpty();
    if (!list.isEmpty()) return;
    if (lookedUp === '') say('No items', `${table.logicalId} is empty.`);
    else say('Not found', `No item has the ${table.partitionKey.name} “${lookedUp}”.`);
  };

  const close = () => {
    if (pane.hidden || table === undefined) return false;
    toTable(table.name);
    pane.hidden = true;
    view.classList.remove('open');
    list.focusMarked();
    return true;
  };

  return {
    element: view,
    close,
    focusFilter: () => {
      lookUp.focus();
      lookUp.select();
    },
    async show(/** @type {readonly string[]} */ [name, token]) {
      if (!isKnown) await loadTables();
      const wanted = tables.find((one) => one.name === name) ?? tables[0];
      if (wanted !== table) await select(wanted);
      list.mark(token);
      pane.hidden = token === undefined;
      view.classList.toggle('open', token !== undefined);
      if (token === undefined || table === undefined || stack === undefined) {
        pane.replaceChildren();
        return;
      }
      pane.replaceChildren(itemPane({ table, token, stack, close, onChanged: () => load() }));
      if (list.element.offsetParent === null) pane.focus();
    },
    onMessage(/** @type {import('../messages.ts').LiveMessage} */ received) {
      if (received.type !== 'snapshot' && received.type !== 'stack') return;
      const before = stack && tablesOf(stack);
      stack = received.stack;
      // A table that an update does not change stays open, with the item that is being edited.
      if (before === tablesOf(stack)) return;
      isKnown = false;
      table = undefined;
      if (location.hash.startsWith('#/tables')) dispatchEvent(new HashChangeEvent('hashchange'));
    },
  };
};

/**
 * Returns, as one string, the parts of a stack that determine its tables and the requests that change their items.
 * @param {import('../messages.ts').StackView} stack
 */
const tablesOf = ({ resources, stages, outputs, apiKey }) =>
  JSON.stringify([resources.filter(({ type }) => type === 'AWS::DynamoDB::Table'), stages, outputs, apiKey]);
