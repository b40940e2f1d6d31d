import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounded, isQuick, TimeExceeded } from '../../src/cloudformation/bounded.ts';

describe('a bounded action', () => {
  it('has the result and the error of the action', () => {
    expect(bounded(() => [1])).toEqual([1]);
    expect(() =>
      bounded(() => {
        throw new TypeError('own');
      }),
    ).toThrow(new TypeError('own'));
  });

  it('is interrupted within a regular expression and within a loop', () => {
    expect(() => bounded(() => /^(a+)+$/.test(`${'a'.repeat(60)}!`), 50)).toThrow(TimeExceeded);
    expect(() =>
      bounded(() => {
        for (;;);
      }, 50),
    ).toThrow('takes more than 0.05 s');
    expect(bounded(() => 1)).toBe(1);
  });
});

describe('a regular expression', () => {
  it.each<[string, number, boolean]>([
    ['^[A-Za-z0-9._~-]{1,128}$', 10_000, true],
    ['^[a-z]+-[a-z]+$', 200, true],
    ['^([0-9]{3}){4}$', 12, true],
    ['^x*x*x*y$', 5000, false],
    ['^(a+)+$', 40, false],
    ['^(?:a|a)*$', 40, false],
    ['^(a{1,3}){20}$', 40, false],
    ['^(?:(?:ab)*c)*$', 40, false],
    ['^(a*)\\1\\1$', 10_000, false],
  ])('%s on %d characters is quick: %s', (pattern, length, expected) => expect(isQuick(pattern, length)).toBe(expected));

  it('that is called quick is quick, whatever it is made of', () => {
    const atom = fc.constantFrom('a', '[ab]', '.', '\\w', 'b');
    const quantifier = fc.constantFrom('', '*', '+', '?', '*?', '{1,9}', '{3}');
    const pattern = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { depthSize: 'small' },
        fc.tuple(atom, quantifier).map((parts) => parts.join('')),
        fc.tuple(tie('pattern'), tie('pattern')).map((parts) => parts.join('')),
        fc.tuple(tie('pattern'), tie('pattern')).map((parts) => parts.join('|')),
        fc.tuple(tie('pattern'), quantifier).map(([inner, repeated]) => `(${inner})${repeated}`),
      ),
    })).pattern;
    fc.assert(
      fc.property(pattern, fc.integer({ min: 0, max: 60 }), (source, length) => {
        const text = `${'a'.repeat(length)}!`;
        if (isQuick(`^(?:${source})$`, text.length)) bounded(() => new RegExp(`^(?:${source})$`).test(text), 5000);
      }),
    );
  });
});
