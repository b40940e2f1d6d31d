import { type Json, show } from '../json.ts';
import { cidrSize, formatCidr, parseCidr } from './address-block.ts';
import { type Fail, isUnresolved, unresolved } from './scope.ts';

/** `Fn::Cidr` with `[block, count, bits]`: returns `count` blocks of 2^bits addresses from the start of the block. IPv4 only. */
export const cidr = (argument: Json, fail: Fail): Json => {
  const [block, count, bits, ...rest] = Array.isArray(argument) ? (argument as Json[]) : [];
  if ([block, count, bits].some(isUnresolved)) return unresolved;
  const outer = typeof block === 'string' ? parseCidr(block) : undefined;
  if (!outer || rest.length > 0) {
    return fail('INVALID_TEMPLATE', `Fn::Cidr takes an IPv4 block, a count and a number of bits, not ${show(argument)}`);
  }
  const blocks = Number(count);
  const hostBits = Number(bits);
  if (
    !(
      Number.isInteger(blocks) &&
      blocks >= 1 &&
      blocks <= 256 &&
      Number.isInteger(hostBits) &&
      hostBits >= 1 &&
      hostBits <= 32
    )
  ) {
    return fail(
      'INVALID_TEMPLATE',
      `Fn::Cidr takes a count of 1 to 256 and 1 to 32 bits, not ${show(count)} and ${show(bits)}`,
    );
  }
  const size = 2 ** hostBits;
  if (blocks * size > cidrSize(outer)) {
    return fail('INVALID_TEMPLATE', `Fn::Cidr: ${blocks} blocks of ${size} addresses do not fit into ${formatCidr(outer)}`);
  }
  return Array.from({ length: blocks }, (_, index) =>
    formatCidr({ first: outer.first + index * size, prefixLength: 32 - hostBits }),
  );
};
