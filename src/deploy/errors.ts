/** What the user can mend. The message names the thing, what is wrong and what to do; there is nothing else to report. */
export class DeployError extends Error {
  readonly exitCode: number;

  constructor(message: string, { exitCode = 1, ...options }: ErrorOptions & { exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The user's Ctrl-C, with what it leaves behind. */
export const interrupted = (message: string): DeployError => new DeployError(message, { exitCode: 130 });
