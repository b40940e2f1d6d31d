import { isDeepStrictEqual } from 'node:util';
import { type ResourceReferences, type Scope, unresolved } from './intrinsics/scope.ts';
import { evaluateProperties, type Plan, type PlannedResource } from './plan.ts';
import { checkProperties } from './properties.ts';
import type { ResourceType } from './resource.ts';

/** Changes of an update to the resources of a stack, by logical id. */
export interface Changes {
  /** Deleted: what the new plan lacks, and what is replaced. */
  readonly stopped: ReadonlySet<string>;
  /** Changed as they run: whatever refers to them notices nothing. */
  readonly updated: ReadonlySet<string>;
  /** Created: what is new, and what is replaced. */
  readonly begun: ReadonlySet<string>;
}

type Properties = Readonly<Record<string, unknown>>;

/** A resource that runs, as far as a comparison needs it. */
interface Running {
  readonly planned: Pick<PlannedResource, 'type'>;
  readonly properties: Properties;
}

/**
 * Compares a plan with the resources that run. A resource is replaced if its type differs, if its properties do and its type
 * cannot be updated, or if one that it depends on is replaced: others may hold on to what that one has made.
 */
export const changesOf = (
  plan: Plan,
  scope: Omit<Scope, 'owner' | 'resources'>,
  references: ResourceReferences,
  running: ReadonlyMap<string, Running>,
): Changes => {
  const updated = new Set<string>();
  const begun = new Set<string>();
  const resources = knownReferences(references, begun);
  for (const planned of plan.resources) {
    const { logicalId, owner, type, dependencies } = planned;
    const former = running.get(logicalId);
    const isReplaced = (id: string): boolean => begun.has(id) && running.has(id);
    if (former === undefined || former.planned.type !== type || [...dependencies].some(isReplaced)) {
      begun.add(logicalId);
      continue;
    }
    const properties = checkProperties(owner, type, evaluateProperties(planned.properties, { ...scope, owner, resources }));
    if (isDeepStrictEqual(properties, former.properties)) continue;
    (isUpdatable(type, former.properties, properties) ? updated : begun).add(logicalId);
  }
  const kept = new Set(plan.resources.map(({ logicalId }) => logicalId));
  const stopped = new Set([...running.keys()].filter((id) => begun.has(id) || !kept.has(id)));
  return { stopped, updated, begun };
};

/** Nobody knows what a resource will be called that is still to be created. */
const knownReferences = (references: ResourceReferences, begun: ReadonlySet<string>): ResourceReferences => ({
  ref: (logicalId, fail) => (begun.has(logicalId) ? unresolved : references.ref(logicalId, fail)),
  getAtt: (logicalId, attribute, fail) =>
    begun.has(logicalId) ? unresolved : references.getAtt(logicalId, attribute, fail),
});

const isUpdatable = ({ update, immutable = [] }: ResourceType, before: Properties, after: Properties): boolean =>
  update !== undefined && immutable.every((name) => isDeepStrictEqual(before[name], after[name]));
