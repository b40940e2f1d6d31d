import { element } from './dom.js';
import { clockTime, duration, statusClass } from './format.js';

/** @typedef {import('../messages.ts').RequestSummary} RequestSummary */

/**
 * Creates the list of requests. One row has the focus: arrow keys move it; Enter opens the request.
 * @param {{ open: (id: number, isMove: boolean) => void }} options
 */
export const createRequestList = ({ open }) => {
  const body = element('div', { role: 'rowgroup', class: 'rows' });
  const list = element(
    'div',
    { role: 'grid', class: 'requests', 'aria-label': 'Requests, newest first', 'aria-readonly': 'true' },
    element(
      'div',
      { role: 'rowgroup' },
      element(
        'div',
        { role: 'row', class: 'row head' },
        ...['Status', 'Method', 'Path', 'Function', 'Parts', 'Time', 'At'].map((name) =>
          element('span', { role: 'columnheader', class: name.toLowerCase() }, name),
        ),
      ),
    ),
    body,
  );
  /** @type {number | undefined} */
  let opened;
  /** The row that the Tab key focuses. @type {HTMLElement | undefined} */
  let current;

  const rows = () => /** @type {HTMLElement[]} */ ([...body.children]);
  const idOf = (/** @type {Element | null | undefined} */ row) =>
    row instanceof HTMLElement && row.dataset.id !== undefined ? Number(row.dataset.id) : undefined;
  const rowOf = (/** @type {number} */ id) =>
    /** @type {HTMLElement | null} */ (body.querySelector(`[data-id="${id}"]`)) ?? undefined;
  /** Makes a row the only one that the Tab key focuses. */
  const makeCurrent = (/** @type {HTMLElement} */ row) => {
    if (current) current.tabIndex = -1;
    current = row;
    row.tabIndex = 0;
  };
  const focus = (/** @type {HTMLElement | undefined} */ row) => {
    if (row === undefined) return;
    makeCurrent(row);
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
    const id = idOf(row);
    if (opened !== undefined && id !== undefined) open(id, true);
  };
  const move = (/** @type {HTMLElement} */ row, /** @type {string} */ key) => {
    const all = rows();
    const at = all.indexOf(row);
    const targets = /** @type {Record<string, number>} */ ({
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: all.length - 1,
    });
    const target = targets[key];
    if (target === undefined) return false;
    focus(all[Math.min(Math.max(target, 0), all.length - 1)]);
    return true;
  };

  body.addEventListener('click', ({ target }) => {
    const row = target instanceof Element ? target.closest('[data-id]') : null;
    const id = idOf(row);
    if (id === undefined) return;
    makeCurrent(/** @type {HTMLElement} */ (row));
    open(id, false);
  });
  body.addEventListener('keydown', (event) => {
    const row = event.target instanceof Element ? event.target.closest('[data-id]') : null;
    const id = idOf(row);
    if (id === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') open(id, false);
    else if (!move(/** @type {HTMLElement} */ (row), event.key)) return;
    event.preventDefault();
  });

  return {
    element: list,
    /** @param {readonly RequestSummary[]} requests Newest first. */
    replace(requests) {
      const focused = body.contains(document.activeElement) ? idOf(document.activeElement) : undefined;
      body.replaceChildren(...requests.map(rowFor));
      const [first] = rows();
      current = undefined;
      if (first) makeCurrent(first);
      this.mark(opened);
      if (focused !== undefined) this.focus(focused);
    },
    /**
     * Adds a request at the top. The focus remains on its row.
     * @param {RequestSummary} request
     */
    add(request) {
      const row = rowFor(request);
      row.classList.add('new');
      body.prepend(row);
      if (current === undefined) makeCurrent(row);
    },
    /**
     * Removes the row of the oldest request, which is no longer kept.
     * @param {number} id
     */
    remove(id) {
      const row = rowOf(id);
      if (row === undefined) return;
      row.remove();
      if (row !== current) return;
      current = undefined;
      const last = body.lastElementChild;
      if (last instanceof HTMLElement) makeCurrent(last);
    },
    /**
     * Marks the open request, if any.
     * @param {number | undefined} id
     */
    mark(id) {
      opened = id;
      body.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
      const row = id === undefined ? undefined : rowOf(id);
      if (row === undefined) return;
      row.setAttribute('aria-selected', 'true');
      makeCurrent(row);
    },
    /** @param {number} id */
    focus(id) {
      rowOf(id)?.focus();
    },
    isEmpty: () => body.childElementCount === 0,
  };
};

/** @param {RequestSummary} request */
const rowFor = (request) => {
  const { id, time, method, target, status, latency, functionName = '', reason } = request;
  const cell = (/** @type {string} */ name, /** @type {(Node | string | undefined | false)[]} */ ...children) =>
    element('span', { role: 'gridcell', class: name }, ...children);
  return element(
    'div',
    { role: 'row', class: `row s${statusClass(status)}`, 'data-id': id, tabindex: -1, 'aria-selected': 'false' },
    cell('status', String(status)),
    cell('method', method),
    cell(
      'path',
      element('span', { class: 'target' }, target),
      reason !== undefined && element('span', { class: 'reason' }, reason),
    ),
    cell('function', functionName),
    cell('parts', partsBar(request)),
    cell('time', duration(latency)),
    cell('at', clockTime(time)),
  );
};

/**
 * Returns a bar with the parts of a request's time.
 * @param {RequestSummary} request
 */
export const partsBar = ({ latency, parts }) => {
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
  for (const { name, milliseconds } of partsOf(parts)) {
    const part = element('span', { class: `part ${name}` });
    part.style.flexGrow = String(Math.max(milliseconds, latency / 200));
    bar.append(part);
  }
  return bar;
};

/**
 * Returns the parts that add up to a request's time. A cold start is part of the function's time.
 * @param {RequestSummary['parts']} parts
 */
export const partsOf = ({ gateway, function: own = 0, coldStart = 0, dynamoDb = 0 }) =>
  [
    { name: 'gateway', label: 'Gateway', milliseconds: gateway },
    { name: 'cold', label: 'Cold start', milliseconds: Math.min(coldStart, own) },
    { name: 'own', label: 'Function', milliseconds: Math.max(own - coldStart, 0) },
    { name: 'dynamodb', label: 'DynamoDB', milliseconds: dynamoDb },
  ].filter(({ milliseconds }) => milliseconds > 0);
