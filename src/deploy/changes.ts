import type { Change, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';

/** Change that a change set makes to one resource. */
export interface PlannedChange {
  readonly kind: 'added' | 'changed' | 'replaced' | 'removed';
  readonly logicalId: string;
  readonly type: string;
  /** True if the resource only refers to the id or ARN of others that are not replaced, so that it stays as it is. */
  readonly isUnchanged?: true;
  /** False if CloudFormation only knows while it executes whether the resource is replaced. */
  readonly isCertain: boolean;
  /** Which properties change, and what makes them; of a replaced resource those that need a new one. */
  readonly reasons: readonly string[];
}

/** The resources of a change set, in its order. */
export const plannedChanges = (changes: readonly Change[]): PlannedChange[] => {
  const resources = changes.flatMap(({ ResourceChange: change }) => change ?? []);
  const replaced = replacedIds(resources);
  return resources.map((change) => plannedChange(change, replaced));
};

/** True of a change that the user has to agree to: data may be lost. */
export const needsConsent = ({ kind }: PlannedChange): boolean => kind === 'replaced' || kind === 'removed';

/**
 * Returns the logical ids of changed resources that the API still serves as they were: a deployment of API Gateway is a snapshot, and
 * CloudFormation creates a new one only if its logical id is new. Empty if a deployment is added or replaced too.
 */
export const unserved = (changes: readonly PlannedChange[]): string[] => {
  const isNew = changes.some(
    ({ type, kind }) => type === 'AWS::ApiGateway::Deployment' && (kind === 'added' || kind === 'replaced'),
  );
  const stale = changes.filter(({ type, isUnchanged }) => inSnapshot.includes(type) && !isUnchanged);
  return isNew ? [] : stale.map(({ logicalId }) => logicalId);
};

/** Warning of changes that the API does not serve, with the remedy; undefined if there are none. */
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
 * CloudFormation calls a replacement conditional as soon as a property that needs one refers to a resource that changes in any way:
 * every permission would be replaced, perhaps, with the memory of its function. But a resource keeps its id and its ARN unless it
 * is replaced itself; so what only refers to these follows the replacements that there are.
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

/** The details that make a replacement; all of them, if CloudFormation does not say which. */
const recreating = ({ Details: details = [], Replacement: replacement }: ResourceChange): ResourceChangeDetail[] => {
  const telling = details.filter(({ Target: target }) => /Always|Conditionally/.test(target?.RequiresRecreation ?? ''));
  // An empty list is no reason to think that nothing is replaced.
  return telling.length > 0 && replacement !== 'True' ? telling : [...telling, {}];
};

/** True of a reference to the id or the ARN of a resource. */
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
 * One a property. A property that follows a parameter is told twice: as a change of the template with its value, and as one that
 * depends on the parameter; the cause is what people look for.
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
