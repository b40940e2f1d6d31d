import { createHash } from 'node:crypto';
import type { ResourceContext } from '../../cloudformation/resource.ts';

/**
 * Returns an id in API Gateway's format, a to z and digits: ten characters for an API, six for its parts. The same stack and
 * logical id always give the same id. `part` distinguishes several ids of one resource.
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
