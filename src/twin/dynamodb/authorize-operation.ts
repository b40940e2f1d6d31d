import type { JsonObject } from '../../cloudformation/json.ts';
import { decide } from '../iam/decide.ts';
import type { Identity } from '../iam/identity.ts';
import type { VpcEndpoint } from '../network/index.ts';
import type { ErrorResponse } from './error-response.ts';
import { type TableAction, tableActionsOf } from './input.ts';
import type { TableArnPrefix } from './table-names.ts';

/** Partition, region and account of DynamoDB. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** A network path to DynamoDB: through a gateway endpoint, or over the internet. */
export interface NetworkPath {
  readonly vpcEndpoint?: VpcEndpoint;
  /** The exit from the VPC, such as `the NAT gateway nat-…`. Undefined if the caller is not in a VPC. */
  readonly via?: string;
}

/**
 * Authorizes an operation on every table and index that its request names, over every network path that its packets may take.
 * Returns the first error, or undefined: AccessDeniedException if policies do not allow the operation, or the error for a table
 * that is not in this account and region.
 */
export const authorizeOperation = (
  identity: Identity,
  operation: string,
  input: JsonObject,
  {
    place,
    paths,
    onAllowed,
  }: {
    readonly place: Place;
    readonly paths: readonly NetworkPath[];
    /** Called once for each action, resource and path, with the statements that allow the access. */
    readonly onAllowed?: (statements: readonly string[]) => void;
  },
): ErrorResponse | undefined => {
  const prefix = tableArnPrefix(place);
  for (const { action, resource } of tableActionsOf(operation, input, prefix)) {
    for (const { vpcEndpoint } of paths) {
      const access = { action, resource, region: place.region, ...(vpcEndpoint && { vpcEndpoint }) };
      const verdict = decide(identity, access);
      if (!('allowedBy' in verdict)) return { type: 'AccessDeniedException', ...verdict };
      onAllowed?.(verdict.allowedBy);
    }
    const elsewhere = resource === '*' ? undefined : elsewhereError(identity, { action, resource }, place);
    if (elsewhere !== undefined) return elsewhere;
  }
  return undefined;
};

export const tableArnPrefix = ({ partition, region, accountId }: Place): TableArnPrefix =>
  `arn:${partition}:dynamodb:${region}:${accountId}:table/`;

/** Returns the error for a table outside of this account and region, or for a malformed ARN. */
const elsewhereError = (identity: Identity, { action, resource }: TableAction, place: Place): ErrorResponse | undefined => {
  const prefix = tableArnPrefix(place);
  if (resource.startsWith(`${prefix}arn:`)) {
    const given = resource.slice(prefix.length);
    return { type: 'ValidationException', message: `Invalid TableArn: Invalid ResourceArn provided as input ${given}` };
  }
  if (resource.startsWith(prefix)) return undefined;
  if (resource.split(':')[4] === place.accountId)
    return { type: 'ResourceNotFoundException', message: 'Requested resource not found' };
  // A table of another account requires a resource-based policy that allows the action. No such policy is in this stack.
  const lead = `User: ${identity.arn} is not authorized to perform: ${action} on resource: ${resource}`;
  return {
    type: 'AccessDeniedException',
    message: `${lead} because no resource-based policy allows the ${action} action`,
  };
};
