import { ask, send } from './api.js';
import { codeView } from './code-view.js';
import { announce, button, copyButton, element } from './dom.js';
import { indented } from './json-text.js';

/**
 * @typedef {object} ItemOptions
 * @property {import('../messages.ts').TableView} table
 * @property {string} token Key of the item.
 * @property {import('../messages.ts').StackView} stack
 * @property {() => void} close
 * @property {() => void} onChanged Called when the list no longer matches the table.
 */

/**
 * Creates the pane of an item as it is in the table. If the item belongs to an entity of this API, the pane updates and deletes
 * it through the API, on the condition that its entity tag is unchanged.
 * @param {ItemOptions} options
 */
export const itemPane = ({ table, token, stack, close, onChanged }) => {
  const content = element('div', { class: 'item-content' });
  const actions = element('div', { class: 'actions' });
  const pane = element(
    'article',
    { class: 'details' },
    element(
      'header',
      { class: 'pane-head' },
      element('h1', {}, element('span', { class: 'target' }, titleOf(token))),
      actions,
    ),
    content,
  );
  const { collection } = table;
  const key = /** @type {Record<string, Record<string, string>>} */ (JSON.parse(token));
  const url = `${collection}/${encodeURIComponent(key[table.partitionKey.name]?.S ?? '')}`;

  const credential = element('input', {
    type: 'password',
    placeholder: 'Id token of the user pool',
    'aria-label': 'Id token of the user pool',
    autocomplete: 'off',
    input: () => {
      userToken = credential.value;
    },
  });
  credential.value = userToken;
  const call = (/** @type {string} */ method, /** @type {[string, string][]} */ headers = [], body = '') =>
    send({
      method,
      url,
      headers: [
        ...headers,
        ...(stack.apiKey === undefined ? [] : [/** @type {[string, string]} */ (['x-api-key', stack.apiKey])]),
        ...(userToken === '' ? [] : [/** @type {[string, string]} */ (['authorization', userToken])]),
      ],
      body,
    });
  /** Reads the item through the API, with its entity tag. If that fails, shows the reason and returns undefined. */
  const read = async () => {
    const response = await call('GET');
    const body = await response.text();
    const tag = response.headers.get('etag');
    if (response.ok && tag !== null) return { text: body, tag };
    content.prepend(rejection(response.status, body));
    return undefined;
  };

  const showItem = async () => {
    const { text } = await ask('/console/item', { table: table.name, token });
    const isThere = text !== undefined;
    actions.replaceChildren(
      ...(isThere && collection !== undefined
        ? [button('Edit', edit), button('Delete', askBeforeDelete, { class: 'danger' })]
        : []),
      ...(isThere ? [copyButton('Copy', () => text)] : []),
      button('Close', close, { class: 'close', 'aria-keyshortcuts': 'Escape' }),
    );
    content.replaceChildren(
      element(
        'p',
        { class: 'dim caption' },
        collection === undefined
          ? 'As the table has it. Read-only: the table belongs to no entity of this API.'
          : 'As the table has it. It is changed through the API, with If-Match.',
      ),
      isThere ? codeView(text, 'Item') : element('p', {}, 'The item is no longer there.'),
      ...(stack.asksForToken && collection !== undefined ? [credential] : []),
    );
  };

  const edit = async () => {
    const current = await read();
    if (current) showEditor(current);
  };
  const showEditor = (/** @type {{ text: string, tag: string }} */ { text, tag }) => {
    const field = element('textarea', { 'aria-label': 'Item as JSON', spellcheck: 'false', rows: 16 });
    field.value = indented(text);
    const faults = element('div', { role: 'alert' });
    const save = async () => {
      const response = await call(
        'PUT',
        [
          ['content-type', 'application/json'],
          ['if-match', tag],
        ],
        field.value,
      );
      const body = await response.text();
      if (response.ok) {
        announce('Saved');
        onChanged();
        await showItem();
      } else if (response.status === 412) faults.replaceChildren(await conflict(tag, body));
      else faults.replaceChildren(rejection(response.status, body));
    };
    actions.replaceChildren(
      button('Save', save, { class: 'primary' }),
      button('Cancel', showItem),
      button('Close', close, { class: 'close', 'aria-keyshortcuts': 'Escape' }),
    );
    content.replaceChildren(
      element('p', { class: 'dim caption' }, 'PUT with If-Match ', element('code', {}, tag)),
      faults,
      field,
    );
    field.focus();
    field.setSelectionRange(0, 0);
  };
  /** Describes a write that was rejected because the item now has another entity tag. */
  const conflict = async (/** @type {string} */ tag, /** @type {string} */ body) => {
    const now = await call('GET');
    const text = await now.text();
    const tagNow = now.headers.get('etag');
    return element(
      'div',
      { class: 'callout denied' },
      element('strong', {}, '412: nothing was changed'),
      element('p', {}, detailOf(body)),
      element(
        'dl',
        { class: 'tags' },
        element('dt', {}, 'Tag that was read'),
        element('dd', {}, element('code', {}, tag)),
        element('dt', {}, 'Tag now'),
        element('dd', {}, element('code', {}, tagNow ?? 'none: it is deleted')),
      ),
      tagNow !== null && button('Load the item as it is now', () => showEditor({ text, tag: tagNow })),
    );
  };

  const askBeforeDelete = async () => {
    const current = await read();
    if (!current) return;
    const question = element(
      'div',
      { class: 'callout', role: 'alertdialog', 'aria-label': 'Delete the item' },
      element('p', {}, 'Delete it if it still has the entity tag ', element('code', {}, current.tag), '?'),
      button('Delete', () => remove(current.tag), { class: 'danger' }),
      button('Cancel', showItem),
    );
    content.prepend(question);
    question.querySelector('button')?.focus();
  };
  const remove = async (/** @type {string} */ tag) => {
    const response = await call('DELETE', [['if-match', tag]]);
    if (response.ok) {
      announce('Deleted');
      onChanged();
      close();
      return;
    }
    const body = await response.text();
    await showItem();
    content.prepend(response.status === 412 ? await conflict(tag, body) : rejection(response.status, body));
  };

  showItem().catch((error) => content.replaceChildren(element('p', { class: 'dim' }, error.message)));
  return pane;
};

/** Kept while the page is open. */
let userToken = '';

/** @param {string} token */
const titleOf = (token) => {
  const key = /** @type {Record<string, Record<string, string>>} */ (JSON.parse(token));
  return Object.values(key)
    .flatMap((value) => Object.values(value))
    .join(' · ');
};

/**
 * Returns a message with the reason why the API rejected a request.
 * @param {number} status
 * @param {string} body
 */
const rejection = (status, body) =>
  element('div', { class: 'callout denied', role: 'alert' }, element('strong', {}, String(status)), ' ', detailOf(body));

/** Returns the detail of a problem, or the text of another response.
 * @param {string} body
 */
const detailOf = (body) => {
  try {
    const { detail, title, message } = JSON.parse(body);
    return String(detail ?? title ?? message ?? body);
  } catch {
    return body;
  }
};
