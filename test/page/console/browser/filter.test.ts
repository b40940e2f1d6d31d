import { expect, it } from 'vitest';
import { matches, noFilter } from '../../../../src/page/console/browser/filter.js';
import { createRecorder } from '../../../../src/page/console/recorder.ts';
import { summaryOf } from '../../../../src/page/console/views.ts';
import { observed } from '../observed.ts';

const recorder = createRecorder();
recorder.observe({
  type: 'request',
  request: observed({
    method: 'PUT',
    path: '/v1/items/lamp',
    query: 'x=1',
    status: 412,
    functionName: 'items-local-UpdateItem',
    reason: 'The item has version 2',
  }),
});
const [recorded] = recorder.requests();
if (recorded === undefined) throw new Error('nothing was recorded');
const request = summaryOf(recorded);

it.each([
  {},
  { text: 'items/lamp' },
  { text: 'PUT lamp' },
  { text: 'x=1' },
  { text: 'VERSION' },
  { status: '4xx' },
  { functionName: 'items-local-UpdateItem', status: '4xx', text: '412' },
])('a request passes %j', (filter) => {
  expect(matches(request, { ...noFilter, ...filter })).toBe(true);
});

it.each([
  { text: 'chair' },
  { text: 'lamp chair' },
  { status: '2xx' },
  { functionName: 'items-local-GetItem' },
  { functionName: '-' },
])('a request does not pass %j', (filter) => {
  expect(matches(request, { ...noFilter, ...filter })).toBe(false);
});

it('a request that reached no function passes the filter for these', () => {
  const { functionName: _, ...without } = request;
  expect(matches(without, { ...noFilter, functionName: '-' })).toBe(true);
});
