import type { EnvironmentRecord } from '../lambda/lambda.ts';
import type { StackEvent } from './events.ts';

/** Those who observe a stack. */
export interface Observers {
  readonly isObserved: boolean;
  /** Adds one, who is told first what the stack and its environments are now. Returns what removes it. */
  add(observer: (event: StackEvent) => void): () => void;
  emit(event: StackEvent): void;
}

/**
 * `named` puts logical ids in the place of ARNs and generated ids: readers of templates know those. `onError` takes what an observer
 * throws, which must not change what becomes of a request.
 */
export const createObservers = (named: (text: string) => string, onError: (error: unknown) => void): Observers => {
  const observers = new Set<(event: StackEvent) => void>();
  let stack: StackEvent | undefined;
  const environments = new Map<number, EnvironmentRecord>();
  const remember = (event: StackEvent): void => {
    if (event.type === 'stack') stack = event;
    if (event.type !== 'environment') return;
    const { id, state } = event.environment;
    if (state === 'ended') environments.delete(id);
    else environments.set(id, event.environment);
  };
  return {
    get isObserved() {
      return observers.size > 0;
    },
    add(observer) {
      if (stack !== undefined) observer(stack);
      for (const environment of environments.values()) observer({ type: 'environment', environment });
      observers.add(observer);
      return () => void observers.delete(observer);
    },
    emit(event) {
      remember(event);
      if (observers.size === 0) return;
      const told = withLogicalIds(event, named);
      for (const observer of observers) {
        try {
          observer(told);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
};

const withLogicalIds = (event: StackEvent, named: (text: string) => string): StackEvent => {
  if (event.type !== 'request') return event;
  const { reason, trail, ...request } = event.request;
  return {
    type: 'request',
    request: {
      ...request,
      ...(reason !== undefined && { reason: named(reason) }),
      trail: trail.map((step) => ({ ...step, text: named(step.text) })),
    },
  };
};
