/** A target that the suite cannot run on, for a reason that its user can fix. The message names it and says what to do. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}
