import { createHash } from 'node:crypto';
import type { ResourceContext } from '../../cloudformation/resource.ts';

/**
 * An id as API Gateway makes them: ten characters for an API, six for what belongs to one, a to z and digits. The same stack
 * and logical id always get the same one. `part` tells several ids of one resource apart.
 */
export const apiGatewayId = (
  { stack, logicalId }: Pick<ResourceContext<unknown>, 'logicalId' | 'stack'>,
  length: number,
  part = '',
): string =>
  Array.from(
    createHash('sha512').update(`${stack.id} ${logicalId} API Gateway ${part}`).digest().subarray(0, length),
    (byte) => alphabet[byte % alphabet.length],
  ).join('');

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
