import { ask } from './api.js';
import { detailsView } from './details.js';
import { announce, button, copyButton, element } from './dom.js';
import { matches, noFilter } from './filter.js';
import { counted } from './format.js';
import { createRequestList } from './request-list.js';

/**
 * @typedef {import('../messages.ts').RequestSummary} RequestSummary
 * @typedef {import('./filter.js').Filter} Filter
 */

/** Creates the view of the latest requests, with the details of one of them. */
export const createRequests = () => {
  /** Newest first. @type {RequestSummary[]} */
  let requests = [];
  /** Requests up to this id have been cleared from the view. */
  let cleared = 0;
  /** @type {Filter} */
  let filter = noFilter;
  /** @type {number | undefined} */
  let opened;
  /** Id of a request that was sent again. It is opened on arrival. @type {string | undefined} */
  let awaited;
  /** @type {import('../messages.ts').StackView | undefined} */
  let stack;

  const list = createRequestList({
    open: (id, isMove) => {
      // Moving through the list adds no history entries: Back leads to the page before the list.
      if (isMove) {
        history.replaceState(null, '', `#/requests/${id}`);
        show([String(id)]);
      } else location.hash = `#/requests/${id}`;
    },
  });
  const text = element('input', {
    type: 'search',
    'aria-label': 'Filter by path',
    placeholder: 'Filter by path',
    autocomplete: 'off',
    spellcheck: 'false',
    input: () => change({ text: text.value }),
    keydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        /** @type {HTMLElement | null} */ (list.element.querySelector('[data-id]'))?.focus();
      } else if (event.key === 'Escape') {
        event.preventDefault();
        text.value = '';
        change({ text: '' });
        text.blur();
      }
    },
  });
  const statuses = ['', '2xx', '3xx', '4xx', '5xx'].map((status) =>
    button(status || 'All', () => change({ status }), { 'aria-pressed': String(status === ''), 'data-status': status }),
  );
  const functions = element('select', { 'aria-label': 'Function', change: () => change({ functionName: functions.value }) });
  const count = element('span', { class: 'dim count', role: 'status' });
  const empty = element('div', { class: 'empty' });
  const pane = element('section', { class: 'pane', 'aria-label': 'Request', tabindex: -1, hidden: true });
  const view = element(
    'div',
    { class: 'split' },
    element(
      'section',
      { class: 'listing', 'aria-label': 'Requests' },
      element(
        'div',
        { class: 'toolbar', role: 'search' },
        element('span', { class: 'search' }, text, element('kbd', { 'aria-hidden': 'true' }, '/')),
        element('span', { class: 'segments', role: 'group', 'aria-label': 'Status' }, ...statuses),
        functions,
        element('span', { class: 'push' }),
        count,
        button('Clear', () => clear()),
      ),
      empty,
      list.element,
    ),
    pane,
  );

  const shown = () => requests.filter((request) => request.id > cleared && matches(request, filter));
  const update = () => {
    const visible = shown();
    const all = requests.filter(({ id }) => id > cleared).length;
    list.element.hidden = visible.length === 0;
    empty.hidden = visible.length > 0;
    count.textContent = visible.length === all ? counted(all, 'request') : `${visible.length} of ${counted(all, 'request')}`;
    if (visible.length === 0) empty.replaceChildren(...emptyState(all > 0));
  };
  let isUpdating = false;
  /** Updates the list once for all requests that arrive before the next frame. */
  const updateSoon = () => {
    if (!isUpdating)
      requestAnimationFrame(() => {
        isUpdating = false;
        update();
      });
    isUpdating = true;
  };
  const replace = () => {
    list.replace(shown());
    list.mark(opened);
    update();
  };
  const change = (/** @type {Partial<Filter>} */ changes) => {
    filter = { ...filter, ...changes };
    for (const one of statuses) one.setAttribute('aria-pressed', String(one.dataset.status === filter.status));
    functions.value = filter.functionName;
    replace();
  };
  const clear = () => {
    cleared = requests[0]?.id ?? cleared;
    replace();
    announce('Cleared on this page');
  };
  /** @returns {(Node | string)[]} */
  const emptyState = (/** @type {boolean} */ isFiltered) => {
    if (isFiltered) {
      const reset = () => {
        text.value = '';
        change(noFilter);
      };
      return [element('h2', {}, 'No request matches'), button('Show all requests', reset)];
    }
    const { curl } = stack ?? {};
    const steps = curl
      ? [
          element(
            'p',
            { class: 'dim' },
            'Send one from a terminal. It shows here at once.',
            curl.includes('$') && ' The terminal of the twin has printed this line with its keys.',
          ),
          element(
            'div',
            { class: 'command' },
            element('code', {}, curl),
            copyButton('Copy', () => curl),
          ),
        ]
      : [];
    return [element('h2', {}, 'No requests yet'), ...steps];
  };

  const openDetails = async (/** @type {number} */ id) => {
    opened = id;
    list.mark(id);
    pane.hidden = false;
    view.classList.add('open');
    try {
      const details = await ask('/console/request', { id });
      if (opened !== id) return;
      pane.replaceChildren(
        detailsView(details, {
          close,
          onSentAgain: (requestId) => {
            awaited = requestId;
            openAwaited();
          },
        }),
      );
      pane.scrollTop = 0;
      // A narrow window hides the list, which then cannot have the focus.
      if (list.element.offsetParent === null) pane.focus();
    } catch (error) {
      if (opened === id) pane.replaceChildren(element('p', { class: 'dim padded' }, /** @type {Error} */ (error).message));
    }
  };
  const openAwaited = () => {
    const found = requests.find(({ requestId }) => requestId === awaited);
    if (found === undefined) return;
    awaited = undefined;
    location.hash = `#/requests/${found.id}`;
  };
  const refreshLogs = async () => {
    const id = opened;
    if (id === undefined) return;
    const details = await ask('/console/request', { id });
    if (opened === id) pane.querySelector('.log')?.replaceWith(detailsView.log(details));
  };
  const close = () => {
    if (opened === undefined) return false;
    const id = opened;
    location.hash = '#/requests';
    show([]);
    list.focus(id);
    return true;
  };
  const show = (/** @type {readonly string[]} */ [id]) => {
    if (id !== undefined && /^\d+$/.test(id)) {
      openDetails(Number(id));
      return;
    }
    opened = undefined;
    list.mark(undefined);
    pane.hidden = true;
    pane.replaceChildren();
    view.classList.remove('open');
  };

  return {
    element: view,
    show,
    close,
    focusFilter: () => {
      text.focus();
      text.select();
    },
    onMessage(/** @type {import('../messages.ts').LiveMessage} */ message) {
      if (message.type === 'snapshot') {
        // Each start of the twin numbers requests from 1.
        if ((message.requests[0]?.id ?? 0) < (requests[0]?.id ?? 0)) cleared = 0;
        requests = [...message.requests];
      }
      if (message.type === 'snapshot' || message.type === 'stack') {
        stack = message.stack;
        const names = stack.functions.map(({ functionName }) => functionName);
        functions.replaceChildren(
          new Option('All functions', ''),
          ...names.map((name) => new Option(name, name)),
          new Option('No function', '-'),
        );
        functions.value = filter.functionName;
        replace();
      }
      if (message.type === 'request') {
        requests.unshift(message.request);
        if (requests.length > mostRequests) list.remove(requests.pop()?.id ?? 0);
        if (matches(message.request, filter)) list.add(message.request);
        updateSoon();
        if (awaited !== undefined) openAwaited();
      }
      if (message.type === 'logs' && message.id === opened) refreshLogs();
    },
  };
};

/** The server keeps the same number of requests. */
const mostRequests = 1000;
