/**
 * A fault of the user's: a template, parameter or option that the twin cannot run.
 * The message names the thing, what is wrong with it and what to do. Anything else thrown is a fault of ours.
 */
export class LocalError extends Error {
  override readonly name = 'LocalError';
  readonly code: LocalErrorCode;

  constructor(code: LocalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Every kind of fault that the twin reports. */
export type LocalErrorCode =
  | 'INVALID_TEMPLATE'
  | 'UNSUPPORTED_RESOURCE'
  | 'UNSUPPORTED_PROPERTY'
  | 'UNSUPPORTED_INTRINSIC'
  | 'INVALID_PROPERTY'
  | 'INVALID_PARAMETER'
  | 'RULE_VIOLATED'
  | 'CYCLIC_DEPENDENCY'
  | 'UNRESOLVED_REFERENCE'
  | 'PORT_TAKEN'
  | 'DATA_IN_USE'
  | 'RUNTIME_MISSING'
  | 'RESOURCE_FAILED';
