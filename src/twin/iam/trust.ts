import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { wildcard } from './wildcard.ts';

/**
 * Returns true if a role's trust policy allows a service (such as `lambda.amazonaws.com`) to assume it: an allow, and no deny.
 * Conditions of an allow count as met, because they refer to sessions that do not exist yet. A deny with conditions counts as not
 * met.
 */
export const trusts = ({ Statement }: PolicyDocument, service: string): boolean => {
  const matching = [Statement].flat().filter((one) => concernsAssumeRole(one) && concernsService(one, service));
  return (
    matching.some(({ Effect }) => Effect === 'Allow') &&
    !matching.some(({ Effect, Condition }) => Effect === 'Deny' && Condition === undefined)
  );
};

const concernsAssumeRole = ({ Action, NotAction }: PolicyStatement): boolean => {
  const isAssumeRole = (action: string): boolean => wildcard(action, 'i').test('sts:AssumeRole');
  return Action === undefined ? !listed(NotAction).some(isAssumeRole) : listed(Action).some(isAssumeRole);
};

const concernsService = ({ Principal, NotPrincipal }: PolicyStatement, service: string): boolean => {
  const isService = (principal: PolicyStatement['Principal']): boolean =>
    principal === '*' || listed(principal?.Service).includes(service);
  return Principal === undefined ? !isService(NotPrincipal) : isService(Principal);
};

const listed = (value: string | readonly string[] = []): readonly string[] => [value].flat();
