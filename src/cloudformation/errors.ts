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
  | 'DATABASE_UNREACHABLE'
  | 'RUNTIME_MISSING'
  | 'RESOURCE_FAILED';

/** The fault of a property that breaks a rule which its schema cannot say. */
export const invalidProperty = (property: string, message: string): LocalError =>
  new LocalError('INVALID_PROPERTY', `property ${property} ${message}`);

/** The fault that `action` raises, or none. */
export const faultsOf = (action: () => void): LocalError[] => {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof LocalError) return [error];
    throw error;
  }
};

/** Gathers the faults of a template, so that its author reads all of them at once. */
export class FaultCollector {
  readonly #errors: LocalError[] = [];

  add(code: LocalErrorCode, message: string): void {
    this.#errors.push(new LocalError(code, message));
  }

  /** Runs `action` and keeps the fault it raises; undefined is the result then. */
  attempt<Result>(action: () => Result): Result | undefined {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof LocalError)) throw error;
      this.#errors.push(error);
      return undefined;
    }
  }

  /** Throws what was gathered, one fault a line, under the code of the first. */
  throwIfAny(): void {
    const [first, ...others] = this.#errors;
    if (!first) return;
    if (others.length === 0) throw first;
    const messages = [...new Set(this.#errors.map(({ message }) => message))];
    throw new LocalError(first.code, messages.length === 1 ? first.message : messages.join('\n'));
  }
}
