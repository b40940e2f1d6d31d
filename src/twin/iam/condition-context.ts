/** Values of the condition keys of a request, by name in lower case. A key without an entry is absent from the request. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

/** Condition keys that the twin can evaluate for requests of functions, including whether a key is present. */
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
