import { describe, expect, it } from 'vitest';
import { type Served, verdict } from '../../campaign/twin/inventory.ts';
import { outsideOf } from '../../campaign/twin/processes.ts';
import { stackTraces } from '../../campaign/twin/traces.ts';
import { growth } from '../../campaign/twin/usage.ts';

describe('a start on damaged data', () => {
  const items = new Map([
    ['x', { content: 'a', version: 1 }],
    ['y', { content: 'b', version: 1 }],
  ]);
  const served = (more: Partial<Served>): Served => ({ items, output: '', code: 0, ms: 1, ...more });
  const [first] = items;
  const fewer = new Map(first ? [first] : []);

  it.each([
    ['serves all items', served({}), []],
    ['loses items and says so', served({ items: fewer, output: 'The data folder /d is damaged: 9 bytes …' }), []],
    ['loses items silently', served({ items: fewer, output: 'ready' }), ['1 items are lost, and nothing says so']],
    [
      'serves false content',
      served({ items: new Map([...fewer, ['y', { content: '?', version: 1 }]]) }),
      ['it serves y as {"content":"?","version":1}'],
    ],
    ['serves no items', served({ items: new Error('503') }), ['503, and nothing says why: ']],
    ['ends with a remedy', served({ items: undefined, code: 1, output: '/d is damaged. Start with --repair.' }), []],
    ['ends without a remedy', served({ items: undefined, code: 1, output: '/d' }), ['it ends without a remedy: /d']],
    ['ends without the folder', served({ items: undefined, code: 1, output: '--data' }), [/without the name of the folder/]],
    ['ends otherwise', served({ items: undefined, code: 7, output: '/d --data' }), ['it ends with 7: /d --data']],
  ])('%s', (_name, result, reasons) => {
    const found = verdict(items, result, '/d');
    expect(found).toEqual(reasons.map((reason) => (typeof reason === 'string' ? reason : expect.stringMatching(reason))));
  });
});

it('finds processes that no twin of now has started', () => {
  const process = (pid: number, parent: number) => ({ pid, parent, started: 1, role: 'function' }) as const;
  const all = [process(10, 1), process(11, 10), process(12, 11), process(20, 1), process(21, 20)];
  expect(outsideOf(10, all).map(({ pid }) => pid)).toEqual([20, 21]);
});

it('finds stack traces of the twin, and not those that functions log', () => {
  const trace = 'Error: no\n    at attempt (file:///home/me/items/src/twin/stack.ts:177:47)\n';
  expect(stackTraces(`ready\n${trace}`)).toHaveLength(1);
  expect(stackTraces('sorry\n\nThis is a bug in this program: please report it')).toHaveLength(1);
  const ofFunction = `CreateItem: ERROR Error: no
    at repeat (/tmp/items-api-0/runs/1-2-3-x/items-local-CreateItem/index.js:1:1)
    at async serveOne (file:///home/me/items/src/twin/lambda/bootstrap/node.mjs:66:20)\n`;
  expect(stackTraces(ofFunction)).toEqual([]);
});

it('finds what grows', () => {
  const before = { processes: 9, descriptors: 300, sockets: 50, memory: 200 };
  expect(growth(before, { ...before, memory: 210, descriptors: 320 })).toEqual([]);
  expect(growth(before, { ...before, descriptors: 3000 })).toEqual(['descriptors grow from 300 to 3000']);
  expect(growth(before, { ...before, processes: 30, memory: 900 })).toHaveLength(2);
});
