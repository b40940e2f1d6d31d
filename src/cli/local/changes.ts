import type { Changes } from '../../twin/index.ts';

/** Logical ids of the resources that an update has changed, by kind of change. */
export interface ChangedResources {
  readonly updated: readonly string[];
  readonly replaced: readonly string[];
  readonly created: readonly string[];
  readonly deleted: readonly string[];
}

export const changedResources = ({ stopped, updated, begun }: Changes): ChangedResources => ({
  updated: [...updated],
  replaced: [...begun].filter((id) => stopped.has(id)),
  created: [...begun].filter((id) => !stopped.has(id)),
  deleted: [...stopped].filter((id) => !begun.has(id)),
});
