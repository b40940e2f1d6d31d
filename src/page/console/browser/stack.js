import { copyButton, element } from './dom.js';
import { counted } from './format.js';

/**
 * @typedef {import('../messages.ts').StackView} StackView
 * @typedef {import('../messages.ts').EnvironmentView} EnvironmentView
 */

/** Creates the view of the stack: its stages, functions with their environments, parameters, outputs, warnings and resources. */
export const createStack = () => {
  /** @type {Map<number, EnvironmentView>} */
  let environments = new Map();
  /** @type {StackView | undefined} */
  let stack;
  const functions = element('div', { class: 'functions' });
  const view = element('div', { class: 'stack' });
  let isWaiting = false;

  const showFunctions = () => {
    isWaiting = false;
    if (!view.isConnected) return;
    const byFunction = Map.groupBy(environments.values(), ({ functionName }) => functionName);
    functions.replaceChildren(
      element(
        'table',
        { class: 'environments' },
        headOf(['Function', 'Environment', 'State', 'Memory', 'Requests']),
        ...(stack?.functions ?? []).map((one) => functionRows(one, byFunction.get(one.functionName) ?? [])),
      ),
    );
  };
  const showStack = (/** @type {StackView} */ shown) => {
    const { stages, parameters, outputs, warnings, resources } = shown;
    view.replaceChildren(
      card(
        'Stages',
        ...stages.map(({ name, apiName, url }) =>
          element(
            'p',
            { class: 'stage' },
            element('code', {}, url),
            ' ',
            element('span', { class: 'dim' }, `stage ${name} of ${apiName}`),
            copyButton('Copy', () => url),
          ),
        ),
      ),
      ...(warnings.length === 0
        ? []
        : [card('Warnings', element('ul', { class: 'warnings' }, ...warnings.map((text) => element('li', {}, text))))]),
      card('Functions', functions),
      card('Outputs', pairs(outputs.map(({ key, value, description }) => ({ name: key, value, description })))),
      card('Parameters', pairs(parameters)),
      card('Resources', ...resourcesByService(resources)),
    );
    showFunctions();
  };

  return {
    element: view,
    show: showFunctions,
    onMessage(/** @type {import('../messages.ts').LiveMessage} */ message) {
      if (message.type === 'snapshot') environments = new Map(message.environments.map((one) => [one.id, one]));
      if (message.type === 'snapshot' || message.type === 'stack') {
        stack = message.stack;
        showStack(stack);
      }
      if (message.type !== 'environment') return;
      const { id, state } = message.environment;
      if (state === 'ended') environments.delete(id);
      else environments.set(id, message.environment);
      // Under load, states change faster than they can be read.
      if (!isWaiting) requestAnimationFrame(showFunctions);
      isWaiting = true;
    },
  };
};

/**
 * @param {string} title
 * @param {...Node} children
 */
const card = (title, ...children) => element('section', { class: 'card' }, element('h2', {}, title), ...children);

/** @param {readonly { name: string, value: string, description?: string | undefined }[]} facts */
const pairs = (facts) =>
  facts.length === 0
    ? element('p', { class: 'dim' }, 'None.')
    : element(
        'dl',
        { class: 'pairs' },
        ...facts.flatMap(({ name, value, description }) => [
          element('dt', {}, name),
          element(
            'dd',
            {},
            element('span', { class: 'mono' }, value === '' ? '(empty)' : value),
            description !== undefined && element('span', { class: 'dim description' }, description),
          ),
        ]),
      );

/** @param {readonly string[]} names */
const headOf = (names) =>
  element('thead', {}, element('tr', {}, ...names.map((name) => element('th', { scope: 'col' }, name))));

/**
 * Returns the environments of a function, one per row.
 * @param {import('../messages.ts').FunctionView} configuration
 * @param {readonly EnvironmentView[]} environments
 */
const functionRows = ({ logicalId, runtime, memorySize, timeout }, environments) => {
  const name = element(
    'th',
    { scope: 'rowgroup', rowspan: Math.max(environments.length, 1) },
    element('span', { class: 'function-name' }, logicalId),
    element('span', { class: 'dim' }, `${runtime}, ${memorySize} MB, ${timeout} s`),
  );
  const [first, ...others] = environments;
  if (first === undefined)
    return element(
      'tbody',
      {},
      element('tr', {}, name, element('td', { colspan: 4, class: 'dim' }, 'None: the next request starts one')),
    );
  return element(
    'tbody',
    {},
    element('tr', {}, name, ...environmentCells(first)),
    ...others.map((one) => element('tr', {}, ...environmentCells(one))),
  );
};

/** @param {EnvironmentView} environment */
const environmentCells = ({ id, pid, state, requests, memorySize, maxMemoryUsed }) => [
  element('td', {}, `${id} `, element('span', { class: 'dim process' }, `process ${pid}`)),
  element('td', {}, element('span', { class: `state-${state}` }, state)),
  element(
    'td',
    {},
    maxMemoryUsed === undefined
      ? element('span', { class: 'dim' }, 'not measured yet')
      : element('span', {}, meter(maxMemoryUsed, memorySize), ` ${maxMemoryUsed} of ${memorySize} MB`),
  ),
  element('td', {}, requests.toLocaleString('en')),
];

/**
 * @param {number} value
 * @param {number} most
 */
const meter = (value, most) => {
  const bar = element('span', { class: 'meter', 'aria-hidden': 'true' }, element('i', {}));
  /** @type {HTMLElement} */ (bar.firstElementChild).style.inlineSize = `${Math.min((value / most) * 100, 100)}%`;
  return bar;
};

/** @param {StackView['resources']} resources */
const resourcesByService = (resources) => {
  const byService = Map.groupBy(resources, ({ type }) => type.split('::')[1] ?? type);
  return [...byService].map(([service, some]) =>
    element(
      'details',
      { class: 'service' },
      element('summary', {}, service, ' ', element('span', { class: 'dim' }, counted(some.length, 'resource'))),
      element(
        'table',
        { class: 'resources' },
        headOf(['Logical id', 'Type', 'Physical id']),
        element(
          'tbody',
          {},
          ...some.map(({ logicalId, type, physicalId }) =>
            element(
              'tr',
              {},
              element('th', { scope: 'row' }, logicalId),
              element('td', { class: 'dim' }, type.split('::').slice(2).join('::')),
              element('td', { class: 'mono' }, physicalId),
            ),
          ),
        ),
      ),
    ),
  );
};
