import type { EnvironmentRecord } from '../lambda/lambda.ts';
import type { StackEvent } from './events.ts';

/** Observers of a stack. */
export interface Observers {
  readonly isObserved: boolean;
  /** Adds an observer and sends it the current stack and environments first. Returns a function that removes it. */
  add(observer: (event: StackEvent) => void): () => void;
  emit(event: StackEvent): void;
}

/**
 * Creates the observers. `named` replaces ARNs and generated ids by logical ids, which users recognize from the template.
 * `onError` receives errors that an observer throws, because they must not affect the request.
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
