import type { Invocation } from '../lambda/lambda.ts';
import type { Headers } from './http.ts';
import type { RequestRecord } from './record.ts';
import type { Step } from './trail.ts';

/** A finished request with all that the twin knows of it. Its buffers are those that were served: who keeps it copies of them what counts. */
export interface ObservedRequest extends RequestRecord {
  /** Query string after the `?`, undecoded; empty without one. */
  readonly query: string;
  /** URL that leads to it, with the query. */
  readonly url: string;
  readonly headers: Headers;
  /** Undefined if it is larger than API Gateway takes. */
  readonly body: Buffer | undefined;
  readonly response: { readonly headers: Headers; readonly body: string | Buffer };
  /** The decisions, in order. */
  readonly trail: readonly Step[];
  /** In the lines of API Gateway's logs; clients cannot choose it. */
  readonly extendedRequestId: string;
  readonly invocation?: Invocation;
}

/** Observer of the requests of a gateway. */
export interface Observer {
  /** False if what an ObservedRequest has beside its record need not be put together. */
  readonly isObserved: boolean;
  request(request: ObservedRequest): void;
}

/** Nobody. */
export const unobserved: Observer = { isObserved: false, request() {} };
