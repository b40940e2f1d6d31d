import { isIPv4 } from 'node:net';

/** An IPv4 block. Its first address is a number. */
export interface Cidr {
  readonly first: number;
  readonly prefixLength: number;
}

/** Parses `10.0.1.0/24`. Returns undefined if the text is not an IPv4 block. Clears host bits, as EC2 does. */
export const parseCidr = (text: string): Cidr | undefined => {
  const [address = '', length = '', ...rest] = text.split('/');
  if (rest.length > 0 || !isIPv4(address) || !/^(\d|[12]\d|3[0-2])$/.test(length)) return undefined;
  const prefixLength = Number(length);
  return { first: clearHostBits(toNumber(address), prefixLength), prefixLength };
};

export const formatCidr = ({ first, prefixLength }: Cidr): string => `${toAddress(first)}/${prefixLength}`;

/** Number of addresses in the block. */
export const cidrSize = ({ prefixLength }: Cidr): number => 2 ** (32 - prefixLength);

/** Returns true if every address of `inner` is in `outer`. */
export const contains = (outer: Cidr, inner: Cidr): boolean =>
  inner.first >= outer.first && inner.first + cidrSize(inner) <= outer.first + cidrSize(outer);

/** Returns true if two blocks overlap: one of them then contains the other. */
export const overlap = (a: Cidr, b: Cidr): boolean => contains(a, b) || contains(b, a);

const toNumber = (address: string): number => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

const toAddress = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

const clearHostBits = (value: number, prefixLength: number): number => value - (value % 2 ** (32 - prefixLength));
