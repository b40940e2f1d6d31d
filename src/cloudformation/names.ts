import { createHash } from 'node:crypto';
import type { ResourceContext } from './resource.ts';

type Owner = Pick<ResourceContext, 'logicalId' | 'stack'>;

/**
 * A resource id such as `vpc-0f3c…`: the prefix and 17 hexadecimal digits, as EC2 makes them. The same stack and logical id
 * always get the same one, so that a restarted twin has the ids that it had. `part` tells several ids of one resource apart.
 */
export const resourceId = (prefix: string, owner: Owner, part = ''): string =>
  `${prefix}-0${digest(owner, prefix + part)
    .toString('hex')
    .slice(0, 16)}`;

/**
 * The physical name of a resource that its template does not name: `stack-logicalId-RANDOM12`, cut from the left parts to fit
 * `maxLength`, as CloudFormation does. Deterministic like `resourceId`.
 */
export const generatedName = (owner: Owner, maxLength: number): string => {
  const suffix = `-${upperAlphanumeric(owner, 12)}`;
  return `${owner.stack.name}-${owner.logicalId}`.slice(0, maxLength - suffix.length) + suffix;
};

/** An id such as `0f3c…-…`, in the form of a UUID. Deterministic like `resourceId`. */
export const uuid = (owner: Owner): string =>
  digest(owner, 'uuid')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** Characters A-Z and 0-9, as in the ids of IAM entities (`AROA…`). */
export const upperAlphanumeric = (owner: Owner, length: number): string =>
  Array.from(digest(owner, 'name').subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const digest = ({ stack, logicalId }: Owner, purpose: string): Buffer =>
  createHash('sha256').update(`${stack.id} ${logicalId} ${purpose}`).digest();
