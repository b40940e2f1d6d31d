import { isDeepStrictEqual } from 'node:util';
import { type ResourceReferences, type Scope, unresolved } from './intrinsics/scope.ts';
import { evaluateProperties, type Plan, type PlannedResource } from './plan.ts';
import { checkProperties } from './properties.ts';
import type { ResourceType } from './resource.ts';

/** Changes of an update to the resources of a stack, by logical id. */
export interface Changes {
  /** Deleted: resources that the new plan lacks, and replaced resources. */
  readonly stopped: ReadonlySet<string>;
  /** Changed while running: resources that refer to them are not affected. */
  readonly updated: ReadonlySet<string>;
  /** Created: new and replaced resources. */
  readonly begun: ReadonlySet<string>;
}

type Properties = Readonly<Record<string, unknown>>;

/** The parts of a running resource that the comparison uses. */
interface Running {
  readonly planned: Pick<PlannedResource, 'type'>;
  readonly properties: Properties;
}

/**
 * Compares a plan with the running resources. A resource is replaced if its type has changed, if its properties have changed and
 * its type cannot be updated, or if one of its dependencies is replaced: it may refer to the deleted one.
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

/** Returns references in which resources still to be created are unresolved: their names are not known yet. */
const knownReferences = (references: ResourceReferences, begun: ReadonlySet<string>): ResourceReferences => ({
  ref: (logicalId, fail) => (begun.has(logicalId) ? unresolved : references.ref(logicalId, fail)),
  getAtt: (logicalId, attribute, fail) =>
    begun.has(logicalId) ? unresolved : references.getAtt(logicalId, attribute, fail),
});

const isUpdatable = ({ update, immutable = [] }: ResourceType, before: Properties, after: Properties): boolean =>
  update !== undefined && immutable.every((name) => isDeepStrictEqual(before[name], after[name]));
