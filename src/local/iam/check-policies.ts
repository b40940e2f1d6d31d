import { LocalError } from '../errors.ts';
import { checkConditions } from './condition.ts';
import type { PolicyDocument } from './policy-document.ts';

/** Refuses policies over IAM's quota of characters, ids of statements that are taken, and conditions that the twin could only guess at. */
export const checkPolicies = (property: string, documents: readonly PolicyDocument[], maximum: number): void => {
  checkPolicySize(property, documents, maximum);
  checkSids(property, documents);
  for (const { Statement } of documents)
    for (const { Condition = {} } of [Statement].flat()) checkConditions(`property ${property}`, Condition);
};

/** Holds policies against IAM's quota of characters, of which white space does not count. */
export const checkPolicySize = (property: string, documents: readonly PolicyDocument[], maximum: number): void => {
  const size = documents.reduce((sum, policy) => sum + JSON.stringify(policy).length, 0);
  if (size <= maximum) return;
  throw new LocalError('INVALID_PROPERTY', `property ${property} has ${size} characters; IAM allows ${maximum}: shorten it`);
};

/** "Statement IDs (SID) in a single policy must be unique", as IAM words it. */
export const checkSids = (property: string, documents: readonly PolicyDocument[]): void => {
  for (const { Statement } of documents) {
    const sids = [Statement].flat().flatMap(({ Sid }) => Sid || []);
    const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
    if (twice === undefined) continue;
    const message = `property ${property} has two statements with the Sid ${twice}, which must be unique in a policy: rename one`;
    throw new LocalError('INVALID_PROPERTY', message);
  }
};
