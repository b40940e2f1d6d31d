/**
 * A call that a function or an integration made to DynamoDB, or to a service that the twin does not have, as seen by the
 * endpoint.
 */
export interface ServiceCall {
  /** Service name in the signature; absent for DynamoDB. */
  readonly service?: string;
  /** For example `PutItem`; undefined if the request names no action. */
  readonly action: string | undefined;
  /**
   * Time from the request to the end of the response, on the clock of `performance.now()`; undefined if the network blocked the
   * call.
   */
  readonly time?: { readonly begun: number; readonly ended: number };
  /** Exception of a failed call, such as `ConditionalCheckFailedException`. */
  readonly error?: string;
  /** Cause in the stack: the statement that denied the call, or the missing hop of the network. */
  readonly cause?: string;
  /** Further facts of a DynamoDB call, if the stack is observed. */
  readonly facts?: CallFacts;
}

/** Facts of a call that only observers receive. */
export interface CallFacts {
  /** Hops at which the call left the VPC, such as `the gateway endpoint vpce-…`; empty outside of every VPC. */
  readonly via: readonly string[];
  /** Policy statements that allow the call, each once. */
  readonly allowedBy: readonly string[];
  /** Name of the table, if the call has one. */
  readonly table?: string;
  /** Condition or key condition with names and values inserted: `attribute_exists(id) AND writeId IN ("a")`. */
  readonly condition?: string;
  /** For a failed condition: the item's values of the attributes in it, such as `id = "lamp", writeId = "b"`. */
  readonly stored?: string;
}

/** Returns the milliseconds during which at least one of these calls was in progress. */
export const timeOf = (calls: readonly ServiceCall[]): number => {
  const times = calls.flatMap(({ time }) => time ?? []).sort((a, b) => a.begun - b.begun);
  let total = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { begun, ended } of times) {
    total += Math.max(0, ended - Math.max(begun, until));
    until = Math.max(until, ended);
  }
  return total;
};

/** Callbacks for calls, by access key id: each execution environment has its own credentials. */
export type ServiceCalls = Map<string, (call: ServiceCall) => void>;

/** Returns the access key id in a signature's Authorization header, without verifying the signature. */
export const accessKeyIdOf = (authorization: string | undefined): string | undefined =>
  /\bCredential=([^/,\s]+)\//.exec(authorization ?? '')?.[1];
