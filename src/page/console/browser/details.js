import { sendAgain } from './api.js';
import { bodyView } from './code-view.js';
import { announce, button, copyButton, element } from './dom.js';
import { clockTime, duration, statusClass } from './format.js';
import { partsBar, partsOf } from './request-list.js';

/**
 * @typedef {import('../messages.ts').RequestDetails} RequestDetails
 * @typedef {import('../messages.ts').StepView} StepView
 */

/**
 * Returns the details of a request, with every decision on it.
 * @param {RequestDetails} details
 * @param {{ close: () => void, onSentAgain: (requestId: string) => void }} options
 */
export const detailsView = (details, { close, onSentAgain }) => {
  const { id, method, target, status, curl, whyNotAgain } = details;
  const again = async () => {
    const response = await sendAgain(id);
    const requestId = response.headers.get('x-amzn-requestid');
    if (requestId === null) return announce((await response.text()).trim());
    announce(`Sent again: ${response.status}`);
    onSentAgain(requestId);
  };
  return element(
    'article',
    { class: `details s${statusClass(status)}` },
    element(
      'header',
      { class: 'pane-head' },
      element(
        'h1',
        {},
        element('span', { class: 'status' }, String(status)),
        ' ',
        element('span', { class: 'method' }, method),
        ' ',
        element('span', { class: 'target' }, target),
      ),
      element(
        'div',
        { class: 'actions' },
        button('Send again', again, { disabled: whyNotAgain !== undefined, title: whyNotAgain }),
        curl === undefined
          ? undefined
          : copyButton('Copy as curl', () => curl, { title: 'Credentials are shell variables' }),
        button('Close', close, { class: 'close', 'aria-keyshortcuts': 'Escape' }),
      ),
    ),
    factsView(details),
    timeView(details),
    section('Decisions', element('ol', { class: 'trail' }, ...details.trail.map(stepView))),
    section('Request', headersView(details.requestHeaders), bodyView(details.requestBody, 'Body of the request')),
    section('Response', headersView(details.responseHeaders), bodyView(details.responseBody, 'Body of the response')),
    logView(details),
  );
};

/**
 * @param {string} title
 * @param {...(Node | string | undefined | false)} children
 */
const section = (title, ...children) =>
  element('details', { class: 'section', open: true }, element('summary', {}, element('h2', {}, title)), ...children);

/** @param {RequestDetails} details */
const factsView = ({ time, requestId, functionName }) =>
  element(
    'p',
    { class: 'facts dim' },
    element('span', {}, clockTime(time)),
    functionName !== undefined && element('span', {}, functionName),
    element('span', { class: 'mono' }, requestId),
  );

/** @param {RequestDetails} details */
const timeView = (details) =>
  element(
    'div',
    { class: 'times' },
    partsBar(details),
    element(
      'p',
      { class: 'legend' },
      element('strong', {}, duration(details.latency)),
      ...partsOf(details.parts).map(({ name, label, milliseconds }) =>
        element('span', {}, element('i', { class: `part ${name}` }), `${label} ${duration(milliseconds)}`),
      ),
    ),
  );

/** @param {StepView} step */
const stepView = ({ name, outcome, text, duration: milliseconds }) =>
  element(
    'li',
    { class: `step ${outcome}` },
    element('span', { class: 'step-name' }, name),
    element(
      'span',
      { class: 'step-text' },
      ...verdict(name, outcome),
      text,
      milliseconds !== undefined && element('span', { class: 'dim' }, ` ${duration(milliseconds)}`),
    ),
  );

/**
 * Returns a word for a step at which a request failed, for readers who cannot see the colour.
 * @param {string} name
 * @param {StepView['outcome']} outcome
 */
const verdict = (name, outcome) => {
  if (outcome === 'passed') return [];
  const word = outcome === 'failed' ? 'Failed' : (verdicts[name] ?? 'Denied');
  return [element('strong', { class: 'verdict' }, word), ' '];
};

/** @type {Readonly<Record<string, string>>} */
const verdicts = {
  Limits: 'Rejected',
  Route: 'Not found',
  Throttling: 'Throttled',
  Validation: 'Rejected',
  Function: 'Failed',
  Network: 'Unreachable',
  DynamoDB: 'Rejected',
  Response: 'Rejected',
};

/** @param {RequestDetails['requestHeaders']} headers */
const headersView = (headers) =>
  element(
    'table',
    { class: 'headers' },
    element(
      'tbody',
      {},
      ...headers.map(({ name, value, isMasked }) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, name),
          element('td', isMasked ? { class: 'masked', title: 'Credentials are not shown' } : {}, value),
        ),
      ),
    ),
  );

/** @param {RequestDetails} details */
const logView = ({ logs, logsLeftOut }) => {
  const lines = logs.map(({ group, source, message }) =>
    element(
      'li',
      { class: source },
      element('span', { class: 'group dim' }, `${sources[source] ?? source}, ${group}`),
      element('span', { class: 'message' }, message),
    ),
  );
  const more = logsLeftOut > 0 && element('p', { class: 'dim' }, `${logsLeftOut} more lines are not kept.`);
  const view = section(
    'Log',
    lines.length === 0 ? element('p', { class: 'dim' }, 'No lines.') : element('ol', { class: 'lines' }, ...lines),
    more,
  );
  view.classList.add('log');
  return view;
};
detailsView.log = logView;

/** @type {Readonly<Record<string, string>>} */
const sources = {
  function: 'Function',
  stderr: 'Standard error',
  platform: 'Lambda',
  access: 'Access log',
  execution: 'Execution log',
};
