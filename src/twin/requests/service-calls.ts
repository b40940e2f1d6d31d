/** A call of DynamoDB, or of a service that the twin does not have, that a function made, as its endpoint saw it. */
export interface ServiceCall {
  /** The service, as signatures name it; DynamoDB without one. */
  readonly service?: string;
  /** Such as `PutItem`; undefined if the request names none. */
  readonly action: string | undefined;
  /**
   * From the request to the end of the response, on the clock of `performance.now()`; undefined of a call that no packet brought there.
   */
  readonly time?: { readonly begun: number; readonly ended: number };
  /** The exception of a call that failed, such as `ConditionalCheckFailedException`. */
  readonly error?: string;
  /** Cause in the stack: the statement that denied it, the hop that the network lacks. */
  readonly cause?: string;
  /** More of a call of DynamoDB, if the stack is observed. */
  readonly facts?: CallFacts;
}

/** Facts of a call that only those who observe the stack are told. */
export interface CallFacts {
  /** The ways out of the VPC, such as `the gateway endpoint vpce-…`; none outside of every VPC. */
  readonly via: readonly string[];
  /** The statements of policies that allow it, each once. */
  readonly allowedBy: readonly string[];
  /** Name of the table, if it names one. */
  readonly table?: string;
  /** Its condition or key condition with names and values in place: `attribute_exists(id) AND writeId IN ("a")`. */
  readonly condition?: string;
  /** Of a condition that failed: what the item has for the attributes in it, such as `id = "lamp", writeId = "b"`. */
  readonly stored?: string;
}

/** Milliseconds during which at least one of these calls was under way. */
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

/** Tells who holds credentials of the calls made with them: by access key id, since each execution environment has its own. */
export type ServiceCalls = Map<string, (call: ServiceCall) => void>;

/** The access key id in a signature's Authorization header, whatever the signature is worth. */
export const accessKeyIdOf = (authorization: string | undefined): string | undefined =>
  /\bCredential=([^/,\s]+)\//.exec(authorization ?? '')?.[1];
