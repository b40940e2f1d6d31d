/** Error that the user can fix. The message names the thing, what is wrong and what to do; there is nothing else to report. */
export class DeployError extends Error {
  readonly exitCode: number;

  constructor(message: string, { exitCode = 1, ...options }: ErrorOptions & { exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The user's Ctrl-C, with what it leaves behind. */
export const interrupted = (message: string): DeployError => new DeployError(message, { exitCode: 130 });

/** Notice after a Ctrl-C while a response is still awaited. */
export const waitingForAnswer =
  'waiting for the response of AWS, to know what was done or to clean up; another Ctrl-C ends this at once';

/** The user's Ctrl-C before anything was deployed. */
export const interruptedUnchanged = (): DeployError => interrupted('interrupted; nothing was changed');

/** True of what an AbortSignal rejects with. */
export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
