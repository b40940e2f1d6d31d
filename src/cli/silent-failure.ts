/** Ends a command that has said itself why it fails. */
export class SilentFailure extends Error {
  override readonly name = 'SilentFailure';
  readonly exitCode: number;

  constructor(exitCode = 1) {
    super(`exit code ${exitCode}`);
    this.exitCode = exitCode;
  }
}
