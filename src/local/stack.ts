import { LocalError } from './errors.ts';
import type { Fail, ResourceReferences } from './intrinsics/scope.ts';
import type { Json } from './json.ts';
import { evaluateProperties, type Plan, type PlannedResource, type StackScope } from './plan.ts';
import { checkProperties } from './properties.ts';
import type { Resource, Services } from './resource.ts';

/** The resources of a stack while they run. */
export interface RunningResources extends ResourceReferences {
  /** The `Ref` and the `Arn` of a resource. */
  names(logicalId: string): readonly string[];
  /** Deletes the resources, each before all that it depends on. Goes on after a failure and then raises the first. */
  stop(): Promise<void>;
}

/**
 * Creates the resources of a plan, each as soon as all that it depends on has started. If one fails, those that
 * started are deleted again, and the error names its logical id.
 */
export const startResources = async (plan: Plan, scope: StackScope, services: Services): Promise<RunningResources> => {
  const started = new Map<string, Resource>();
  const names = (logicalId: string): string[] => {
    const { ref, attributes: { Arn: arn } = {} } = started.get(logicalId) ?? { ref: '' };
    return [ref, ...(typeof arn === 'string' ? [arn] : [])].filter((name) => name !== '' && name !== logicalId);
  };
  const running = { ...referencesTo(started), names, stop: () => stopResources(plan, started) };
  const starting = new Map<string, Promise<void>>();
  let failed = false;
  for (const planned of plan.resources) {
    const start = async (): Promise<void> => {
      await Promise.all([...planned.dependencies].map((id) => starting.get(id)));
      // CloudFormation begins nothing new once a resource has failed.
      if (failed) return;
      started.set(planned.logicalId, await startResource(planned, { ...scope, resources: running }, services));
    };
    const promise = start();
    promise.catch(() => {
      failed = true;
    });
    starting.set(planned.logicalId, promise);
  }
  const results = await Promise.allSettled(starting.values());
  const failure = results.find((result) => result.status === 'rejected');
  if (!failure) return running;
  // What failed first is the cause; what deletion then trips over would only hide it.
  await Promise.allSettled([running.stop()]);
  throw failure.reason;
};

const startResource = async (
  { logicalId, owner, type, properties }: PlannedResource,
  scope: StackScope & { readonly resources: ResourceReferences },
  services: Services,
): Promise<Resource> => {
  const checked = checkProperties(owner, type, evaluateProperties(properties, { ...scope, owner }));
  try {
    return await type.start(checked, { logicalId, stack: scope.stack, services });
  } catch (error) {
    if (!(error instanceof LocalError)) throw new Error(`${owner} failed to start`, { cause: error });
    throw new LocalError(error.code, error.message.startsWith(owner) ? error.message : `${owner}: ${error.message}`, {
      cause: error,
    });
  }
};

const stopResources = async (plan: Plan, started: Map<string, Resource>): Promise<void> => {
  const failures: unknown[] = [];
  for (const { logicalId } of plan.resources.toReversed()) {
    const resource = started.get(logicalId);
    started.delete(logicalId);
    try {
      await resource?.stop?.();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
};

const referencesTo = (started: ReadonlyMap<string, Resource>): ResourceReferences => {
  const resource = (logicalId: string, fail: Fail): Resource =>
    started.get(logicalId) ?? fail('UNRESOLVED_REFERENCE', `refers to ${logicalId}, which has not started`);
  return {
    ref: (logicalId, fail) => resource(logicalId, fail).ref,
    getAtt: (logicalId, attribute, fail): Json => {
      const { attributes = {} } = resource(logicalId, fail);
      const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
      const known = Object.keys(attributes).join(', ') || 'none';
      return value ?? fail('UNRESOLVED_REFERENCE', `${logicalId} has no attribute ${attribute}; it has ${known}`);
    },
  };
};
