import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { type Problem, type ProblemSlug, problems, problemType } from '../../../src/contract/problems.ts';
import { exception, type Reply, startEndpoint } from './endpoint.ts';
import { context, proxyEvent, type RequestPart } from './event.ts';
import { type HandlerName, importHandlers } from './handlers.ts';
import { stored } from './items.ts';

const endpoint = await startEndpoint();
const handlers = await importHandlers();
afterAll(endpoint.stop);
beforeEach(() => {
  for (const level of ['info', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
});

const lamp = stored({ id: { S: 'lamp' }, version: { N: '2' }, writeId: { S: 'Tq3xZt0mR2uX5cP8aVw1nA' } });
const taken = exception('ConditionalCheckFailedException', { Item: lamp });
const post: RequestPart = { body: '{"id":"lamp"}' };

/** A request that gets each problem that functions raise, and what the store replies. */
const requests: Partial<Record<ProblemSlug, [HandlerName, RequestPart, Reply?]>> = {
  'invalid-json': ['create-item', { body: '{' }],
  'invalid-item': ['create-item', { body: '{"price":1e200}' }],
  'invalid-parameter': ['list-items', { query: { limit: ['0'] } }],
  'item-not-found': ['get-item', { id: 'lamp' }, { status: 200, body: {} }],
  'path-not-found': ['list-items', { path: '/v1/items/' }],
  'id-taken': ['create-item', post, taken],
  'precondition-failed': ['delete-item', { id: 'lamp', headers: { 'if-match': '"x"' } }, taken],
  'item-too-large': ['create-item', { body: JSON.stringify({ text: 'x'.repeat(500_000) }) }],
  'unsupported-media-type': ['create-item', { ...post, headers: { 'content-type': 'text/plain' } }],
  'idempotency-key-reused': [
    'create-item',
    { ...post, headers: { 'idempotency-key': 'k' } },
    exception('ConditionalCheckFailedException', {}),
  ],
  'internal-error': ['get-item', { id: 'lamp' }, exception('AccessDeniedException')],
  'store-unavailable': ['delete-item', { id: 'lamp' }, 'reset'],
};

it.each(Object.entries<Problem>(problems).filter(([, { gatewayResponse }]) => gatewayResponse === undefined))(
  'the example of %s is what clients get',
  async (slug, { example, status }) => {
    const [handler, part, reply] = requests[slug as ProblemSlug] ?? expect.fail(`no request gets ${slug}`);
    endpoint.will(reply ?? { status: 200, body: {} });
    if (slug === 'idempotency-key-reused') {
      await handlers[handler](proxyEvent(part), context());
      const { idempotencyKey } = Object(endpoint.received[0]?.input.Item);
      const other = stored({ id: { S: 'lamp' }, idempotencyKey, requestBody: { S: 'of another body' } });
      endpoint.will(exception('ConditionalCheckFailedException', { Item: other }));
    }
    const result = await handlers[handler](proxyEvent(part), context());
    expect(JSON.parse(result.body)).toMatchObject({ type: problemType(slug as ProblemSlug), status, detail: example });
  },
);
