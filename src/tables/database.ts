import { LocalError } from '../cloudformation/errors.ts';

/** A database with the operations of DynamoDB. */
export interface Database {
  /** Calls an operation. A response with an error is a LocalError. */
  call(operation: string, input: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** The output of a call that succeeded; of another one a LocalError. */
export const outputOf = (
  operation: string,
  { ok, output }: { readonly ok: boolean; readonly output: Record<string, unknown> },
): Record<string, unknown> => {
  if (ok) return output;
  const reason = output.message ?? output.Message ?? output.__type;
  throw new LocalError('RESOURCE_FAILED', `DynamoDB rejects ${operation}: ${reason}`);
};
