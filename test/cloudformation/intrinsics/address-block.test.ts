import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidrSize, contains, formatCidr, overlap, parseCidr } from '../../../src/cloudformation/intrinsics/address-block.ts';

const cidr = (text: string) => {
  const block = parseCidr(text);
  if (!block) throw new Error(`${text} is no block`);
  return block;
};
const blocks = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, length]) => cidr(`${address}/${length}`));

describe('IPv4 blocks', () => {
  it.each([
    ['10.0.1.0/24', '10.0.1.0/24'],
    ['10.0.1.7/24', '10.0.1.0/24'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['192.168.0.1/0', '0.0.0.0/0'],
  ])('%s is %s', (text, canonical) => {
    expect(formatCidr(cidr(text))).toBe(canonical);
  });

  it.each(['10.0.0.0', '10.0.0/24', '10.0.0.0/33', '10.0.0.256/8', '10.0.0.0/8/8', '10.0.0.0/08', '::/0', ''])(
    '%j is none',
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );

  it.each([
    ['10.0.0.0/16', '10.0.1.0/24', true],
    ['10.0.0.0/16', '10.1.0.0/24', false],
    ['10.0.0.0/24', '10.0.0.0/16', false],
  ])('%s contains %s: %s', (outer, inner, expected) => {
    expect(contains(cidr(outer), cidr(inner))).toBe(expected);
  });

  it('survives a round trip', () => {
    fc.assert(fc.property(blocks, (block) => void expect(parseCidr(formatCidr(block))).toEqual(block)));
  });

  it('overlaps as its addresses do', () => {
    fc.assert(
      fc.property(blocks, blocks, (a, b) => {
        const haveCommon = a.first < b.first + cidrSize(b) && b.first < a.first + cidrSize(a);
        expect(overlap(a, b)).toBe(haveCommon);
        expect(overlap(b, a)).toBe(haveCommon);
      }),
    );
  });
});
