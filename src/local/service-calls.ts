/** A call of DynamoDB, or of a service that the twin does not have, that a function made, as its endpoint saw it. */
export interface ServiceCall {
  /** The service, as signatures name it; DynamoDB without one. */
  readonly service?: string;
  /** Such as `PutItem`; undefined if the request names none. */
  readonly action: string | undefined;
  /** Milliseconds from the request to the end of the response; undefined of a call that no packet brought there. */
  readonly duration?: number;
  /** The exception of a call that failed, such as `ConditionalCheckFailedException`. */
  readonly error?: string;
  /** Cause in the stack: the statement that denied it, the hop that the network lacks. */
  readonly cause?: string;
}

/** Tells who holds credentials of the calls made with them: by access key id, since each execution environment has its own. */
export type ServiceCalls = Map<string, (call: ServiceCall) => void>;

/** The access key id in a signature's Authorization header, whatever the signature is worth. */
export const accessKeyIdOf = (authorization: string | undefined): string | undefined =>
  /\bCredential=([^/,\s]+)\//.exec(authorization ?? '')?.[1];
