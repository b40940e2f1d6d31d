/**
 * A fault in the user's input: a template, parameter or option that the twin cannot run. The message names the thing, the fault
 * and the remedy. Any other error is a bug of this project.
 */
export class LocalError extends Error {
  override readonly name = 'LocalError';
  readonly code: LocalErrorCode;

  constructor(code: LocalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** All kinds of faults that the twin reports. */
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
  | 'DATABASE_UNREACHABLE'
  | 'RUNTIME_MISSING'
  | 'RESOURCE_FAILED';

/** Creates the error for a property that violates a rule which its schema cannot express. */
export const invalidProperty = (property: string, message: string): LocalError =>
  new LocalError('INVALID_PROPERTY', `property ${property} ${message}`);

/** Returns the LocalError that `action` throws, or no fault. Rethrows other errors. */
export const faultsOf = (action: () => void): LocalError[] => {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof LocalError) return [error];
    throw error;
  }
};

/** Collects the faults of a template, so that all are reported together. */
export class FaultCollector {
  readonly #errors: LocalError[] = [];

  add(code: LocalErrorCode, message: string): void {
    this.#errors.push(new LocalError(code, message));
  }

  /** Runs `action`. Collects the LocalError that it throws, and then returns undefined. */
  attempt<Result>(action: () => Result): Result | undefined {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof LocalError)) throw error;
      this.#errors.push(error);
      return undefined;
    }
  }

  /** Throws the collected faults as one LocalError, one fault per line, with the code of the first. */
  throwIfAny(): void {
    const [first, ...others] = this.#errors;
    if (!first) return;
    if (others.length === 0) throw first;
    const messages = [...new Set(this.#errors.map(({ message }) => message))];
    throw new LocalError(first.code, messages.length === 1 ? first.message : messages.join('\n'));
  }
}
