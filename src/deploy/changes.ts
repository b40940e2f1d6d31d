import type { Change, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';

/** Change of one resource in a change set. */
export interface PlannedChange {
  readonly kind: 'added' | 'changed' | 'replaced' | 'removed';
  readonly logicalId: string;
  readonly type: string;
  /** True if only references to ids or ARNs of resources that are not replaced change: the resource itself remains the same. */
  readonly isUnchanged?: true;
  /** False if CloudFormation determines only during execution whether the resource is replaced. */
  readonly isCertain: boolean;
  /** Properties that change, with the causes; for a replaced resource, those that require replacement. */
  readonly reasons: readonly string[];
}

/** Returns the resource changes of a change set, in its order. */
export const plannedChanges = (changes: readonly Change[]): PlannedChange[] => {
  const resources = changes.flatMap(({ ResourceChange: change }) => change ?? []);
  const replaced = replacedIds(resources);
  return resources.map((change) => plannedChange(change, replaced));
};

/** Returns true for a change that requires the user's consent because data may be lost. */
export const needsConsent = ({ kind }: PlannedChange): boolean => kind === 'replaced' || kind === 'removed';

/**
 * Returns the logical ids of changed resources whose change the API will not serve. A deployment of API Gateway is a snapshot,
 * and CloudFormation creates a new one only if its logical id is new. Empty if a deployment is added or replaced as well.
 */
export const unserved = (changes: readonly PlannedChange[]): string[] => {
  const isNew = changes.some(
    ({ type, kind }) => type === 'AWS::ApiGateway::Deployment' && (kind === 'added' || kind === 'replaced'),
  );
  const stale = changes.filter(({ type, isUnchanged }) => inSnapshot.includes(type) && !isUnchanged);
  return isNew ? [] : stale.map(({ logicalId }) => logicalId);
};

/** Returns the warning about changes that the API will not serve, with the remedy; undefined if there are none. */
export const unservedWarning = (changes: readonly PlannedChange[]): string | undefined => {
  const stale = unserved(changes);
  if (stale.length === 0) return undefined;
  const isAuthorizer = changes.every(
    ({ type, logicalId }) => !stale.includes(logicalId) || type === 'AWS::ApiGateway::Authorizer',
  );
  const remedy = isAuthorizer
    ? 'deploy with another AuthorizationType and then with this one again'
    : 'give the deployment (AWS::ApiGateway::Deployment) a new logical id, and refer to it in the stage';
  return `Warning: the API will not serve the changes to ${stale.join(', ')} before it is deployed anew: ${remedy}.`;
};

const inSnapshot = ['Method', 'Model', 'GatewayResponse', 'Resource', 'Authorizer', 'RequestValidator'].map(
  (type) => `AWS::ApiGateway::${type}`,
);

/**
 * Returns the logical ids of resources that are replaced. CloudFormation reports a conditional replacement if a property that
 * requires replacement refers to a resource with any change: for example, every permission of a function whose memory changes. A
 * resource keeps its id and ARN unless it is replaced. A resource that only refers to these is therefore replaced only if one of
 * them is.
 */
const replacedIds = (changes: readonly ResourceChange[]): ReadonlySet<string> => {
  const candidates = changes.filter(mayBeReplaced);
  const replaced = new Set(candidates.filter((change) => !recreating(change).every(isIdentity)).map(idOf));
  for (let size = -1; size < replaced.size; ) {
    size = replaced.size;
    for (const change of candidates) {
      if (recreating(change).some((detail) => replaced.has(causeOf(detail)))) replaced.add(idOf(change));
    }
  }
  return replaced;
};

const mayBeReplaced = ({ Action: action, Replacement: replacement }: ResourceChange): boolean =>
  action === 'Dynamic' || (action === 'Modify' && (replacement === 'True' || replacement === 'Conditional'));

/**
 * Returns the details that cause a replacement. An unknown detail is added if the replacement is certain, or if CloudFormation
 * does not report its cause.
 */
const recreating = ({ Details: details = [], Replacement: replacement }: ResourceChange): ResourceChangeDetail[] => {
  const telling = details.filter(({ Target: target }) => /Always|Conditionally/.test(target?.RequiresRecreation ?? ''));
  // An empty list does not mean that nothing is replaced.
  return telling.length > 0 && replacement !== 'True' ? telling : [...telling, {}];
};

/** Returns true for a reference to the id or the ARN of a resource. */
const isIdentity = ({ ChangeSource: source, CausingEntity: entity = '' }: ResourceChangeDetail): boolean =>
  source === 'ResourceReference' || (source === 'ResourceAttribute' && /\.(Arn|\w*Id)$/.test(entity));

const causeOf = ({ CausingEntity: entity = '' }: ResourceChangeDetail): string => entity.split('.')[0] ?? '';

const idOf = ({ LogicalResourceId: id }: ResourceChange): string => id ?? '?';

const plannedChange = (change: ResourceChange, replaced: ReadonlySet<string>): PlannedChange => {
  const kind = kindOf(change, replaced);
  const telling = kind === 'replaced' ? recreating(change).filter(({ Target: target }) => target) : (change.Details ?? []);
  const isUnchanged =
    kind === 'changed' && telling.length > 0 && telling.every((one) => isIdentity(one) && !replaced.has(causeOf(one)));
  return {
    kind,
    ...(isUnchanged && { isUnchanged }),
    logicalId: idOf(change),
    type: change.ResourceType ?? '?',
    isCertain: kind !== 'replaced' || change.Replacement === 'True',
    reasons: kind === 'changed' || kind === 'replaced' ? reasons(telling) : [],
  };
};

const kindOf = (change: ResourceChange, replaced: ReadonlySet<string>): PlannedChange['kind'] => {
  if (change.Action === 'Add' || change.Action === 'Import') return 'added';
  if (change.Action === 'Remove') return 'removed';
  return replaced.has(idOf(change)) ? 'replaced' : 'changed';
};

/**
 * Returns one reason per property. CloudFormation reports a property that depends on a parameter twice: as a change of its value
 * in the template, and as a change caused by the parameter. The reason names the cause.
 */
const reasons = (details: readonly ResourceChangeDetail[]): string[] => {
  const causes = new Map<string, Set<string>>();
  for (const { Target: target, ChangeSource: source, CausingEntity: entity } of details) {
    const property = target?.Name ?? target?.Attribute ?? '?';
    const known = causes.get(property) ?? new Set();
    if (entity) known.add(source === 'ParameterReference' ? `parameter ${entity}` : entity);
    causes.set(property, known);
  }
  return [...causes].map(([property, of]) => (of.size > 0 ? `${property} (${[...of].join(', ')})` : property));
};
