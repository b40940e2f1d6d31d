import { expect, expectTypeOf, it } from 'vitest';
import type { ItemsClient } from '../../examples/client-typescript/client.ts';
import type { Item } from '../../examples/client-typescript/items.ts';
import {
  dataOf,
  isProblem,
  type Problem,
  ProblemError,
  type ProblemType,
} from '../../examples/client-typescript/problem.ts';
import type { components } from '../../examples/client-typescript/schema.ts';
import { type ProblemSlug, problems, problemType } from '../../src/contract/problems.ts';

const body = {
  type: 'urn:items-api:problem:item-not-found',
  title: 'There is no such item',
  status: 404,
  detail: 'There is no item with the id "lamp".',
  instance: 'urn:uuid:4f6a1f0e-58b1-4a58-9d1c-2f8f2d6f3a55',
  requestId: '4f6a1f0e-58b1-4a58-9d1c-2f8f2d6f3a55',
} as const satisfies Problem;
const failed = (error: unknown, status = 404) => ({
  error,
  response: new Response(null, { status, statusText: 'As it is' }),
});

it('the data of a response that succeeded is returned', () => {
  expect(dataOf({ data: 'data', response: new Response() })).toBe('data');
});

it('a problem is thrown, and told by its type', () => {
  try {
    dataOf(failed(body));
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    expect(isProblem(error, 'urn:items-api:problem:item-not-found')).toBe(true);
    expect(isProblem(error, 'urn:items-api:problem:id-taken', 'urn:items-api:problem:item-not-found')).toBe(true);
    expect(isProblem(error, 'urn:items-api:problem:id-taken')).toBe(false);
    expect((error as Error).message).toBe(`${body.type}: ${body.detail} (request ${body.requestId})`);
  }
  expect(isProblem(new Error('another'), body.type)).toBe(false);
});

it.each([
  ['text', '413 As it is: Too large', 'Too large', 413],
  ['nothing', '404 As it is', undefined, 404],
  ['other JSON', '502 As it is: {"message":"Bad gateway"}', { message: 'Bad gateway' }, 502],
])('a response that has %s instead of a problem is an error with its status', (_name, message, error, status) => {
  expect(() => dataOf(failed(error, status))).toThrow(new Error(message));
});

it('the types of problems are those of the API', () => {
  expectTypeOf<ProblemType>().toEqualTypeOf<`urn:items-api:problem:${ProblemSlug}`>();
  expect(Object.keys(problems).map((slug) => problemType(slug as ProblemSlug))).toContain(body.type);
});

it('the types of calls are those of the API', () => {
  const calls = async (client: ItemsClient) => {
    // @ts-expect-error: there is no such path.
    await client.GET('/itmes');
    // @ts-expect-error: the id is missing.
    await client.GET('/items/{id}');
    // @ts-expect-error: a limit is a number.
    await client.GET('/items', { params: { query: { limit: '25' } } });
    // @ts-expect-error: a function is no attribute.
    await client.POST('/items', { body: { name: () => 'lamp' } });
    const { data, error } = await client.PUT('/items/{id}', {
      params: { path: { id: 'lamp' } },
      body: { deep: [[{ n: null }]] },
    });
    expectTypeOf(data?.version).toEqualTypeOf<number | undefined>();
    // @ts-expect-error: PUT has no such problem.
    return error?.type === 'urn:items-api:problem:id-taken';
  };
  expectTypeOf<Item['anything']>().toEqualTypeOf<components['schemas']['AttributeValue']>();
  expectTypeOf<components['schemas']['AttributeValue']>().not.toBeAny();
  expect(calls).toBeInstanceOf(Function);
});
