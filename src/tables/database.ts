import { LocalError } from '../cloudformation/errors.ts';

/** A database with the operations of DynamoDB. */
export interface Database {
  /** Calls an operation. Rejects with a LocalError for an error response. */
  call(operation: string, input: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Returns the output of a successful call. Throws a LocalError for any other. */
export const outputOf = (
  operation: string,
  { ok, output }: { readonly ok: boolean; readonly output: Record<string, unknown> },
): Record<string, unknown> => {
  if (ok) return output;
  const reason = output.message ?? output.Message ?? output.__type;
  throw new LocalError('RESOURCE_FAILED', `DynamoDB rejects ${operation}: ${reason}`);
};
