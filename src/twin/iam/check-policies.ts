import { LocalError } from '../../cloudformation/errors.ts';
import { checkConditions, checkOperators } from './condition.ts';
import { conditionKeys } from './condition-context.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { variablesOf } from './policy-variables.ts';
import { wildcard } from './wildcard.ts';

/**
 * Rejects policies over IAM's size quota, duplicate statement ids, invalid actions and ARNs, and conditions and variables that
 * the twin cannot evaluate.
 */
export const checkPolicies = (property: string, documents: readonly PolicyDocument[], maximum: number): void => {
  checkPolicySize(property, documents, maximum);
  checkSids(property, documents);
  checkConditionOperators(property, documents);
  for (const { Version, Statement } of documents)
    for (const statement of [Statement].flat()) {
      checkNames(property, statement);
      if (!mayMatch(statement)) continue;
      checkConditions(`property ${property}`, statement.Condition ?? {});
      if (Version === '2012-10-17') checkVariables(property, statement);
    }
};

/** Services whose requests the twin authorizes with IAM. */
const services = new Set(['dynamodb', 'ec2', 'execute-api', 'logs', 'xray']);

/**
 * Returns false for a statement on other services only. No request in the twin matches it, so its condition keys do not matter.
 */
const mayMatch = ({ Action }: PolicyStatement): boolean =>
  Action === undefined || [Action].flat().some((action) => services.has(serviceOf(action)) || isInvoke(action));

/**
 * Returns true for lambda:InvokeFunction, the only Lambda action that the twin authorizes: API Gateway calls it with the role of
 * an integration.
 */
const isInvoke = (action: string): boolean => wildcard(action, 'i').test('lambda:InvokeFunction');

const serviceOf = (action: string): string => action.split(':', 1)[0]?.toLowerCase() ?? '';

/** Rejects actions and resources for which IAM reports a malformed policy document, with IAM's message. */
const checkNames = (property: string, { Action, NotAction, Resource, NotResource }: PolicyStatement): void => {
  const reject = (text: string, problem: string): never => {
    throw new LocalError('INVALID_PROPERTY', `property ${property}: ${text} ${problem}`);
  };
  for (const action of [Action ?? NotAction ?? []].flat())
    if (!/^(\*|[A-Za-z0-9-]+:[\w*?]+)$/.test(action))
      reject(
        action,
        'is not an action. "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2": name it service:Action',
      );
  for (const resource of [Resource ?? NotResource ?? []].flat())
    if (!/^(\*$|arn:)/.test(resource))
      reject(resource, 'is not a resource. "Resource must be in ARN format or "*"": give its ARN, as GetAtt returns it');
};

const checkVariables = (property: string, { Resource, NotResource, Condition = {} }: PolicyStatement): void => {
  const texts = [Resource ?? NotResource ?? [], ...Object.values(Condition).flatMap((keys) => Object.values(keys))].flat();
  const unknown = texts.flatMap(variablesOf).find((key) => !conditionKeys.has(key));
  if (unknown === undefined) return;
  const message = `property ${property}: the policy variable ${unknown} is not supported by the local twin; supported are ${[...conditionKeys].join(', ')}`;
  throw new LocalError('UNSUPPORTED_PROPERTY', message);
};

/** Validates policies against IAM's size quota in characters. White space does not count. */
export const checkPolicySize = (property: string, documents: readonly PolicyDocument[], maximum: number): void => {
  const size = documents.reduce((sum, policy) => sum + JSON.stringify(policy).length, 0);
  if (size <= maximum) return;
  throw new LocalError('INVALID_PROPERTY', `property ${property} has ${size} characters; IAM allows ${maximum}: shorten it`);
};

/** Rejects duplicate ids: "Statement IDs (SID) in a single policy must be unique" is IAM's message. */
export const checkSids = (property: string, documents: readonly PolicyDocument[]): void => {
  for (const { Statement } of documents) {
    const sids = [Statement].flat().flatMap(({ Sid }) => Sid || []);
    const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
    if (twice === undefined) continue;
    const message = `property ${property} has two statements with the Sid ${twice}, which must be unique in a policy: rename one`;
    throw new LocalError('INVALID_PROPERTY', message);
  }
};

/** Rejects condition operators that IAM does not define, in statements on any service. */
export const checkConditionOperators = (property: string, documents: readonly PolicyDocument[]): void => {
  for (const { Statement } of documents)
    for (const { Condition = {} } of [Statement].flat()) checkOperators(`property ${property}`, Condition);
};
