import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/cloudformation/json.ts';

describe('parseJson', () => {
  it('reads names with escapes as themselves, whatever names came before', () => {
    // https://github.com/nodejs/node/issues/63785
    expect(Object.keys(parseJson('{"x":0,"\\\\":0}') as object)).toEqual(['x', '\\']);
    expect(Object.keys(parseJson('{"x":0,"\\u0041":0}') as object)).toEqual(['x', 'A']);
    expect(JSON.stringify(parseJson('{"\\u0041":1,"B":2,"A":3,"__proto_\\u005f":4}'))).toBe('{"A":3,"B":2,"__proto__":4}');
  });

  it('reads what JSON.stringify wrote', () => {
    const name = fc.stringMatching(/^[\\":{},\n a-c]{0,4}$/);
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        name,
        fc.constant(null),
        fc.dictionary(name, tie('value'), { maxKeys: 4 }),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(value, (original) => {
        const text = JSON.stringify(original, undefined, 1);
        expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(original));
      }),
    );
  });

  it.each(['{"\\q":1}', '{"a\\":1}', '"\\":', '{"\\n"\u00a0:1}', `{"${'\\"'.repeat(100_000)}`])(
    'rejects what is no JSON',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );
});
