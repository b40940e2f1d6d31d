import type { Invocation } from '../lambda/lambda.ts';
import type { Headers } from './http.ts';
import type { RequestRecord } from './record.ts';
import type { Step } from './trail.ts';

/** A finished request with all details. Its buffers are shared with the gateway: an observer that keeps them must copy them. */
export interface ObservedRequest extends RequestRecord {
  /** Query string after the `?`, not decoded; empty without one. */
  readonly query: string;
  /** URL of the request, query included. */
  readonly url: string;
  readonly headers: Headers;
  /** Undefined if it is larger than API Gateway accepts. */
  readonly body: Buffer | undefined;
  readonly response: { readonly headers: Headers; readonly body: string | Buffer };
  /** Decisions on the request, in order. */
  readonly trail: readonly Step[];
  /** Request id in API Gateway's log lines. Clients cannot choose it. */
  readonly extendedRequestId: string;
  readonly invocation?: Invocation;
}

/** Observer of the requests of a gateway. */
export interface Observer {
  /** False if the gateway need not create an ObservedRequest. */
  readonly isObserved: boolean;
  request(request: ObservedRequest): void;
}

/** An observer that ignores all requests. */
export const unobserved: Observer = { isObserved: false, request() {} };
