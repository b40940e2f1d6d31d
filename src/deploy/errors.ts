/**
 * An error that the user can fix. The message names the thing, the fault and the remedy, and is reported without a stack trace.
 */
export class DeployError extends Error {
  readonly exitCode: number;

  constructor(message: string, { exitCode = 1, ...options }: ErrorOptions & { exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** Returns the error after the user's Ctrl-C, with the state that it leaves. */
export const interrupted = (message: string): DeployError => new DeployError(message, { exitCode: 130 });

/** Notice after Ctrl-C while a response is pending. */
export const waitingForAnswer =
  'waiting for the response of AWS, to know what was done or to clean up; another Ctrl-C ends this at once';

/** Returns the error after the user's Ctrl-C before anything was deployed. */
export const interruptedUnchanged = (): DeployError => interrupted('interrupted; nothing was changed');

/** Returns true for an error that an aborted AbortSignal causes. */
export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
