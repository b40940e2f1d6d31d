import { createHash } from 'node:crypto';
import type { ResourceContext } from './resource.ts';

type Owner = Pick<ResourceContext, 'logicalId' | 'stack'>;

/**
 * Returns a resource id such as `vpc-0f3c…`: the prefix and 17 hexadecimal digits, as in EC2. The id is a function of stack and
 * logical id, so a restarted twin has the same ids. `part` distinguishes several ids of one resource.
 */
export const resourceId = (prefix: string, owner: Owner, part = ''): string =>
  `${prefix}-0${digest(owner, prefix + part)
    .toString('hex')
    .slice(0, 16)}`;

/**
 * Returns the physical name of a resource that the template does not name: `stack-logicalId-RANDOM12`. The first parts are
 * truncated to fit `maxLength`, as CloudFormation does. Deterministic, as `resourceId` is.
 */
export const generatedName = (owner: Owner, maxLength: number): string => {
  const suffix = `-${upperAlphanumeric(owner, 12)}`;
  return `${owner.stack.name}-${owner.logicalId}`.slice(0, maxLength - suffix.length) + suffix;
};

/** Returns an id in the form of a UUID, such as `0f3c…-…`. Deterministic, as `resourceId` is. */
export const uuid = (owner: Owner): string =>
  digest(owner, 'uuid')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** Returns characters A-Z and 0-9, as in the ids of IAM entities (`AROA…`). */
export const upperAlphanumeric = (owner: Owner, length: number): string =>
  Array.from(digest(owner, 'name').subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const digest = ({ stack, logicalId }: Owner, purpose: string): Buffer =>
  createHash('sha256').update(`${stack.id} ${logicalId} ${purpose}`).digest();
