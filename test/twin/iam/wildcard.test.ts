import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, wildcard } from '../../../src/twin/iam/wildcard.ts';

describe('a wildcard pattern', () => {
  it('holds what the regular expression of the same meaning holds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '.', ':'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', ':', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, fc.constantFrom('', 'i'), (source, candidate, flags) => {
        const expression = source.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        const wanted = new RegExp(`^${expression}$`, `s${flags}`).test(candidate);
        expect(wildcard(source, flags as '' | 'i').test(candidate)).toBe(wanted);
      }),
    );
  });

  it('takes literal characters as they are', () => {
    expect(wildcard(`a${literal('*?')}b*`).test('a*?bc')).toBe(true);
    expect(wildcard(`a${literal('*')}b`).test('axb')).toBe(false);
    expect(wildcard(`a${literal('?')}b`).test('axb')).toBe(false);
  });

  it('takes no time that a text could make unbearable', () => {
    expect(wildcard('*a*a*a*a*a*a*a*b').test('a'.repeat(20_000))).toBe(false);
  });
});
