import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/twin/gateway/failure.ts';
import { proxyResponse } from '../../../src/twin/gateway/result-to-response.ts';

const responseOf = (output: unknown, accept?: string, binaryMediaTypes: readonly string[] = []) =>
  proxyResponse(typeof output === 'string' ? output : JSON.stringify(output), accept, binaryMediaTypes);

describe('proxyResponse', () => {
  it('writes numbers as they are', () => {
    expect(responseOf({ statusCode: 200, headers: { 'x-n': 1 } })).toMatchObject({
      headers: [['x-n', '1'], expect.anything()],
    });
  });

  it.each([
    ['a status out of range', { statusCode: 99 }],
    ['an interim status', { statusCode: 101 }],
    ['a number as body', { statusCode: 200, body: 1 }],
    ['a list as a header', { statusCode: 200, headers: { a: ['b'] } }],
    ['a line break in a header', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a space in the name of a header', { statusCode: 200, headers: { 'a b': 'c' } }],
    ['a word as isBase64Encoded', { statusCode: 200, isBase64Encoded: 'yes' }],
  ])('%s is a malformed output, and the client is told nothing of it', (_name, output) => {
    const outcome = responseOf(output);
    expect(outcome).toMatchObject({ responseType: 'DEFAULT_5XX', status: 502, message: 'Internal server error' });
    expect(isFailure(outcome) && outcome.reason).toMatch(/Malformed Lambda proxy response: ./);
  });

  it('gives back any status, headers and body that a function puts in', () => {
    const name = fc.stringMatching(/^X-[A-Za-z]{1,8}$/);
    const value = fc.stringMatching(/^[ -~]{0,20}$/);
    const output = fc.record({
      statusCode: fc.integer({ min: 200, max: 599 }),
      headers: fc
        .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key.toLowerCase() })
        .map(Object.fromEntries<string>),
      body: fc.string({ unit: 'binary' }),
    });
    fc.assert(
      fc.property(output, (given) => {
        expect(responseOf(given)).toEqual({
          status: given.statusCode,
          headers: [...Object.entries(given.headers), ['Content-Type', 'application/json']],
          body: given.body,
        });
      }),
    );
  });
});
