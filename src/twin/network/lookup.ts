import { invalidProperty, LocalError } from '../../cloudformation/errors.ts';
import { type Cidr, parseCidr } from '../../cloudformation/intrinsics/address-block.ts';

/** Returns the resource that a property refers to by id. Throws a LocalError if it is not in the stack. */
export const lookUp = <Item>(items: ReadonlyMap<string, Item>, id: string, property: string, kind: string): Item => {
  const item = items.get(id);
  if (item) return item;
  throw new LocalError(
    'UNRESOLVED_REFERENCE',
    `property ${property}: there is no ${kind} ${id} in this stack; declare one and refer to it with Ref`,
  );
};

/** Parses an IPv4 block. Throws a LocalError if its mask is outside of the range that AWS allows. */
export const cidrOf = (text: string, property: string, shortest: number, longest: number): Cidr => {
  const cidr = parseCidr(text);
  if (cidr && cidr.prefixLength >= shortest && cidr.prefixLength <= longest) return cidr;
  throw invalidProperty(property, `must be an IPv4 block with a mask of /${shortest} to /${longest}, not ${text}`);
};
