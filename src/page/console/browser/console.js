import { follow, hasDocs, root } from './api.js';
import { element, isField } from './dom.js';
import { createRequests } from './requests.js';
import { createStack } from './stack.js';
import { createTables } from './tables.js';

/**
 * @typedef {object} View
 * @property {HTMLElement} element
 * @property {(message: import('../messages.ts').LiveMessage) => void} onMessage
 * @property {(path: readonly string[]) => void} show Receives the part of the address after the name of the view.
 * @property {() => void} [focusFilter]
 * @property {() => boolean} [close] Closes the open pane. Returns false if there is none.
 */

const requests = { title: 'Requests', view: createRequests() };
/** @type {Readonly<Record<string, { title: string, view: View }>>} */
const views = {
  requests,
  tables: { title: 'Tables', view: createTables() },
  stack: { title: 'Stack', view: createStack() },
};

const links = Object.entries(views).map(([name, { title }]) => element('a', { href: `#/${name}` }, title));
const stackName = element('span', { class: 'stack-name' });
const state = element('span', { class: 'state', role: 'status' });
const main = element('main', {});

root.append(
  element(
    'header',
    { class: 'top' },
    element('strong', { class: 'brand' }, 'Console'),
    stackName,
    element('nav', { 'aria-label': 'Views' }, ...links),
    hasDocs && element('a', { class: 'docs', href: '/' }, 'Docs'),
    state,
  ),
  main,
  element('div', { id: 'announcement', role: 'status', 'aria-live': 'polite' }),
);

/** Returns the view and the rest of the address, such as `#/requests/12`. */
const route = () => {
  const [name = '', ...path] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  const found = views[name];
  return found ? { name, path, ...found } : { name: 'requests', path: [], ...requests };
};

const showRoute = () => {
  const { name, title, view, path } = route();
  for (const link of links) {
    const isCurrent = link.getAttribute('href') === `#/${name}`;
    if (isCurrent) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = `${title} · Console`;
  if (main.firstChild !== view.element) main.replaceChildren(view.element);
  view.show(path);
};

addEventListener('hashchange', showRoute);
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { view } = route();
  if (event.key === '/' && !isField(event.target)) {
    event.preventDefault();
    view.focusFilter?.();
  } else if (event.key === 'Escape' && !isField(event.target) && view.close?.()) event.preventDefault();
});

follow(
  (message) => {
    if (message.type === 'snapshot' || message.type === 'stack') stackName.textContent = message.stack.name;
    for (const { view } of Object.values(views)) view.onMessage(message);
  },
  (now) => {
    state.className = `state ${now}`;
    state.textContent = now === 'live' ? 'Live' : 'The twin has stopped. Waiting for it.';
  },
);
showRoute();
