import { didYouMean } from '../text/nearest.ts';
import { LocalError } from './errors.ts';
import type { Fail, ResourceReferences } from './intrinsics/scope.ts';
import type { Json } from './json.ts';
import { evaluateProperties, type Plan, type PlannedResource, type StackScope } from './plan.ts';
import { checkProperties } from './properties.ts';
import type { Resource, ResourceContext } from './resource.ts';
import { type Changes, changesOf } from './update.ts';

/** The running resources of a stack. */
export interface RunningResources extends ResourceReferences {
  /** Returns the `Ref` and the `Arn` of a resource, except a `Ref` that equals the logical id. */
  names(logicalId: string): readonly string[];
  /**
   * Changes the resources to those of another plan, as UpdateStack does. Unchanged resources keep running. If the update fails,
   * the previous resources run again, and the error is rethrown.
   */
  update(plan: Plan, scope: StackScope): Promise<Changes>;
  /** Deletes the resources, each before its dependencies. Continues after a failure, and then throws the first one. */
  stop(): Promise<void>;
}

/** A running resource, with the plan and the properties it was started with. */
export interface Started {
  readonly planned: PlannedResource;
  /** Properties with every intrinsic function evaluated. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly resource: Resource;
}

/**
 * Creates the resources of a plan, each as soon as its dependencies have started. If one fails, the started ones are deleted, and
 * the error names its logical id.
 */
export const startResources = async (plan: Plan, scope: StackScope, services: unknown): Promise<RunningResources> => {
  const started = new Map<string, Started>();
  let current = { plan, scope };
  const references = referencesTo(started);

  const run = { started, references, services };
  const stopAll = () => stopSome(current.plan.resources, started);

  try {
    await startSome(plan.resources, scope, run);
  } catch (error) {
    // The first failure is the cause. Failures of the deletion would hide it.
    await Promise.allSettled([stopAll()]);
    throw error;
  }
  return {
    ...references,
    names: (logicalId) => {
      const { ref, attributes: { Arn: arn } = {} } = started.get(logicalId)?.resource ?? { ref: '' };
      return [ref, ...(typeof arn === 'string' ? [arn] : [])].filter((name) => name !== '' && name !== logicalId);
    },
    async update(nextPlan, nextScope) {
      const changes = changesOf(nextPlan, nextScope, references, started);
      const former = new Map(started);
      const next = { plan: nextPlan, scope: nextScope };
      try {
        await change(changes, former, next, run, current.plan);
      } catch (error) {
        await restore(changes, former, current, run);
        throw error;
      }
      current = next;
      return changes;
    },
    stop: stopAll,
  };
};

interface Run {
  readonly started: Map<string, Started>;
  readonly references: ResourceReferences;
  readonly services: unknown;
}

interface Version {
  readonly plan: Plan;
  readonly scope: StackScope;
}

const change = async (
  { stopped, updated, begun }: Changes,
  former: ReadonlyMap<string, Started>,
  { plan, scope }: Version,
  run: Run,
  before: Plan,
): Promise<void> => {
  await stopSome(
    before.resources.filter(({ logicalId }) => stopped.has(logicalId)),
    run.started,
  );
  // In the order of the plan: an update may use the result of another update or of a new resource.
  for (const planned of plan.resources) {
    const { logicalId } = planned;
    if (begun.has(logicalId)) run.started.set(logicalId, await startResource(planned, scope, run));
    else if (updated.has(logicalId)) await updateResource(planned, scope, run, former.get(logicalId));
    else if (run.started.has(logicalId)) run.started.set(logicalId, { ...(run.started.get(logicalId) as Started), planned });
  }
};

/** Undoes a change that failed halfway. */
const restore = async (
  { updated, begun }: Changes,
  former: ReadonlyMap<string, Started>,
  { plan, scope }: Version,
  run: Run,
): Promise<void> => {
  const isNew = ({ logicalId }: PlannedResource): boolean => begun.has(logicalId);
  const all = [...run.started.values()].map(({ planned }) => planned);
  await Promise.allSettled([stopSome(all.filter(isNew), run.started)]);
  for (const planned of plan.resources) {
    const { logicalId } = planned;
    if (!run.started.has(logicalId)) run.started.set(logicalId, await startResource(planned, scope, run));
    else if (updated.has(logicalId)) await updateResource(planned, scope, run, run.started.get(logicalId));
    else run.started.set(logicalId, former.get(logicalId) as Started);
  }
};

const startSome = async (planned: readonly PlannedResource[], scope: StackScope, run: Run): Promise<void> => {
  const starting = new Map<string, Promise<void>>();
  let failed = false;
  for (const one of planned) {
    const start = async (): Promise<void> => {
      await Promise.all([...one.dependencies].map((id) => starting.get(id)));
      // CloudFormation creates no further resources after one has failed.
      if (failed) return;
      run.started.set(one.logicalId, await startResource(one, scope, run));
    };
    const promise = start();
    promise.catch(() => {
      failed = true;
    });
    starting.set(one.logicalId, promise);
  }
  const results = await Promise.allSettled(starting.values());
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
};

const startResource = async (planned: PlannedResource, scope: StackScope, run: Run): Promise<Started> => {
  const { type } = planned;
  const properties = propertiesOf(planned, scope, run);
  const resource = await attempt(planned, () => type.start(properties, contextOf(planned, scope, run)));
  return { planned, properties, resource };
};

const updateResource = async (
  planned: PlannedResource,
  scope: StackScope,
  run: Run,
  former: Started | undefined,
): Promise<void> => {
  const properties = propertiesOf(planned, scope, run);
  const { type, logicalId } = planned;
  if (former === undefined) throw new Error(`${planned.owner} does not run`);
  const { resource } = former;
  await attempt(planned, () => type.update?.(properties, contextOf(planned, scope, run), resource));
  run.started.set(logicalId, { planned, properties, resource });
};

const propertiesOf = ({ owner, type, properties }: PlannedResource, scope: StackScope, { references }: Run) =>
  checkProperties(owner, type, evaluateProperties(properties, { ...scope, owner, resources: references }));

const contextOf = ({ logicalId }: PlannedResource, { stack }: StackScope, { services }: Run): ResourceContext => ({
  logicalId,
  stack,
  services,
});

const attempt = async <Result>({ owner }: PlannedResource, action: () => Result | Promise<Result>): Promise<Result> => {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof LocalError)) throw new Error(`${owner} failed to start`, { cause: error });
    throw new LocalError(error.code, error.message.startsWith(owner) ? error.message : `${owner}: ${error.message}`, {
      cause: error,
    });
  }
};

const stopSome = async (planned: readonly PlannedResource[], started: Map<string, Started>): Promise<void> => {
  const failures: unknown[] = [];
  for (const { logicalId } of planned.toReversed()) {
    const running = started.get(logicalId);
    started.delete(logicalId);
    try {
      await running?.resource.stop?.();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
};

const referencesTo = (started: ReadonlyMap<string, Started>): ResourceReferences => {
  const resource = (logicalId: string, fail: Fail): Resource =>
    started.get(logicalId)?.resource ?? fail('UNRESOLVED_REFERENCE', `refers to ${logicalId}, which has not started`);
  return {
    ref: (logicalId, fail) => resource(logicalId, fail).ref,
    getAtt: (logicalId, attribute, fail): Json => {
      const { attributes = {}, otherAttribute } = resource(logicalId, fail);
      const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : otherAttribute?.(attribute);
      if (value !== undefined) return value;
      const known = Object.keys(attributes);
      const remedy = didYouMean(attribute, known) || `; it has ${known.join(', ') || 'none'}`;
      return fail('UNRESOLVED_REFERENCE', `${logicalId} has no attribute ${attribute}${remedy}`);
    },
  };
};
