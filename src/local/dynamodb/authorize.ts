import { refusal as iamRefusal } from '../iam/authorize.ts';
import type { Identity } from '../iam/identity.ts';
import type { JsonObject } from '../json.ts';
import type { VpcEndpoint } from '../network/index.ts';
import { accessesOf } from './input.ts';
import type { Refusal } from './refusal.ts';

/** Where DynamoDB is. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Why an identity may not have an operation done, or undefined if it may on every table and index that the request names. */
export const authorize = (
  identity: Identity,
  operation: string,
  input: JsonObject,
  { place, vpcEndpoint }: { readonly place: Place; readonly vpcEndpoint: VpcEndpoint | undefined },
): Refusal | undefined => {
  const { partition, region, accountId } = place;
  for (const { action, resource } of accessesOf(
    operation,
    input,
    `arn:${partition}:dynamodb:${region}:${accountId}:table/`,
  )) {
    const message = iamRefusal(identity, { action, resource, region, ...(vpcEndpoint && { vpcEndpoint }) });
    if (message !== undefined) return { type: 'AccessDeniedException', message };
    const [, , , tableRegion = region, tableAccount = accountId] = resource.split(':');
    if (tableAccount !== accountId && resource !== '*') {
      // Another account's table wants the consent of its own policy, which is not in this stack.
      const lead = `User: ${identity.arn} is not authorized to perform: ${action} on resource: ${resource}`;
      return {
        type: 'AccessDeniedException',
        message: `${lead} because no resource-based policy allows the ${action} action`,
      };
    }
    if (tableRegion !== region && resource !== '*')
      return { type: 'ResourceNotFoundException', message: 'Requested resource not found' };
  }
  return undefined;
};
