import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/local/gateway/failure.ts';
import { proxyResponse } from '../../../src/local/gateway/result.ts';

const responseOf = (output: unknown, accept?: string, binaryMediaTypes: readonly string[] = []) =>
  proxyResponse(typeof output === 'string' ? output : JSON.stringify(output), accept, binaryMediaTypes);

describe('proxyResponse', () => {
  it('is JSON unless the function says otherwise', () => {
    expect(responseOf({ statusCode: 200 })).toEqual({
      status: 200,
      headers: [['Content-Type', 'application/json']],
      body: '',
    });
    expect(responseOf({ statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'x' })).toEqual({
      status: 200,
      headers: [['content-type', 'text/plain']],
      body: 'x',
    });
  });

  it('takes the status as a string too', () => {
    expect(responseOf({ statusCode: '404' })).toMatchObject({ status: 404 });
  });

  it('puts multi values first, and a value in both maps once', () => {
    const output = {
      statusCode: 200,
      headers: { 'X-A': 'c', 'x-b': true, 'x-n': 1 },
      multiValueHeaders: { 'x-a': ['a', 'b'], 'X-B': ['true'] },
    };
    expect(responseOf(output)).toMatchObject({
      headers: [
        ['x-a', 'a'],
        ['x-a', 'b'],
        ['x-a', 'c'],
        ['X-B', 'true'],
        ['x-n', '1'],
        ['Content-Type', 'application/json'],
      ],
    });
  });

  it('remaps and drops the headers that API Gateway keeps for itself', () => {
    const output = {
      statusCode: 200,
      headers: { 'WWW-Authenticate': 'Basic', Date: 'd', Server: 's', Upgrade: 'u', Via: 'v' },
    };
    expect(responseOf(output)).toMatchObject({
      headers: [
        ['x-amzn-Remapped-WWW-Authenticate', 'Basic'],
        ['x-amzn-Remapped-Date', 'd'],
        ['x-amzn-Remapped-Server', 's'],
        ['Content-Type', 'application/json'],
      ],
    });
  });

  it.each([
    ['no JSON', 'oops'],
    ['a string', '"ok"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an empty object', '{}'],
    ['an unknown key', { statusCode: 200, cookies: [] }],
    ['a word as status', { statusCode: 'OK' }],
    ['a fraction as status', { statusCode: 200.5 }],
    ['a status out of range', { statusCode: 99 }],
    ['an interim status', { statusCode: 101 }],
    ['an object as body', { statusCode: 200, body: {} }],
    ['a number as body', { statusCode: 200, body: 1 }],
    ['headers that are a list', { statusCode: 200, headers: [] }],
    ['an object as a header', { statusCode: 200, headers: { a: {} } }],
    ['a list as a header', { statusCode: 200, headers: { a: ['b'] } }],
    ['multi-value headers that are not lists', { statusCode: 200, multiValueHeaders: { a: 'b' } }],
    ['a line break in a header', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a space in the name of a header', { statusCode: 200, headers: { 'a b': 'c' } }],
    ['a word as isBase64Encoded', { statusCode: 200, isBase64Encoded: 'yes' }],
  ])('%s is a malformed output, and the client is told nothing of it', (_name, output) => {
    const outcome = responseOf(output);
    expect(outcome).toMatchObject({ responseType: 'DEFAULT_5XX', status: 502, message: 'Internal server error' });
    expect(isFailure(outcome) && outcome.reason).toMatch(/Malformed Lambda proxy response: ./);
  });

  it('decodes base64 only for clients that accept a binary media type first', () => {
    const output = { statusCode: 200, body: Buffer.from('hi').toString('base64'), isBase64Encoded: true };
    expect(responseOf(output, 'image/png,*/*', ['image/png'])).toMatchObject({ body: Buffer.from('hi') });
    expect(responseOf(output, 'text/html,image/png', ['image/png'])).toMatchObject({ body: 'aGk=' });
    expect(responseOf(output, undefined, ['*/*'])).toMatchObject({ body: Buffer.from('hi') });
    expect(responseOf(output, 'image/png')).toMatchObject({ body: 'aGk=' });
    expect(responseOf({ ...output, body: 'no base64' }, undefined, ['*/*'])).toMatchObject({
      responseType: 'API_CONFIGURATION_ERROR',
      status: 500,
    });
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
