import type { Change, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';

/** What a change set does to one resource. */
export interface PlannedChange {
  readonly kind: 'added' | 'changed' | 'replaced' | 'removed';
  readonly logicalId: string;
  readonly type: string;
  /** False if CloudFormation only knows while it executes whether the resource is replaced. */
  readonly isCertain: boolean;
  /** Which properties change, and what makes them; of a replaced resource those that need a new one. */
  readonly reasons: readonly string[];
}

/** The resources of a change set, in its order. */
export const plannedChanges = (changes: readonly Change[]): PlannedChange[] =>
  changes.flatMap(({ ResourceChange: change }) => (change ? [plannedChange(change)] : []));

/** True of what the user has to agree to: data may go with it. */
export const needsConsent = ({ kind }: PlannedChange): boolean => kind === 'replaced' || kind === 'removed';

const plannedChange = (change: ResourceChange): PlannedChange => {
  const kind = kindOf(change);
  const details = change.Details ?? [];
  const recreating = details.filter(({ Target: target }) => /Always|Conditionally/.test(target?.RequiresRecreation ?? ''));
  const telling = kind === 'replaced' && recreating.length > 0 ? recreating : details;
  return {
    kind,
    logicalId: change.LogicalResourceId ?? '?',
    type: change.ResourceType ?? '?',
    isCertain: change.Action !== 'Dynamic' && change.Replacement !== 'Conditional',
    reasons: kind === 'changed' || kind === 'replaced' ? reasons(telling) : [],
  };
};

const kindOf = ({ Action: action, Replacement: replacement }: ResourceChange): PlannedChange['kind'] => {
  if (action === 'Add' || action === 'Import') return 'added';
  if (action === 'Remove') return 'removed';
  return action === 'Dynamic' || replacement === 'True' || replacement === 'Conditional' ? 'replaced' : 'changed';
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
