/** Values of condition keys for a request, by the key's name in lower case. A key without an entry is not in the request. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

/** Keys whose values the twin knows for a request of a function; whether a key is present counts, too. */
export const conditionKeys: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'aws:username',
  'lambda:sourcefunctionarn',
]);
