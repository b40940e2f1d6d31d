import type { Action, Call } from '../proxy/call.ts';
import type { DynamoDbResponse } from '../proxy/message.ts';
import { type Disturbance, type Network, passOn } from '../proxy/proxy.ts';

/** One kind of fault between a function and DynamoDB. Each has one of the hooks. */
export interface Fault {
  readonly name: string;
  /** Runs after DynamoDB has processed the call, instead of forwarding its response. */
  applied?(call: Call, response: DynamoDbResponse): Promise<void>;
  /** Runs instead of the call. DynamoDB gets the call only if the fault forwards it. */
  notApplied?(call: Call): Promise<void>;
  /** Runs when the first bytes of a call arrive; see `Disturbance`. */
  readonly arrive?: Disturbance['arrive'];
  /** Runs before the request. */
  begin?(network: Network, mode: Mode): void;
  /** Runs for each new connection. */
  readonly connect?: Disturbance['connect'];
  /** True if the function cannot know whether DynamoDB carried out the call. */
  readonly uncertain?: true;
  /** True if the fault lasts for seconds. */
  readonly slow?: true;
  /** True if DynamoDB rejects the call for a reason that only we can fix, such as permissions. A 500 is then correct. */
  readonly ours?: true;
  /**
   * Statuses that are correct because the response is one that DynamoDB returns in another state, such as "no such item". A
   * function cannot detect the difference.
   */
  readonly believable?: Partial<Readonly<Record<Action, readonly number[]>>>;
  /** True if DynamoDB never returns the response to a read. */
  readonly writesOnly?: true;
  /** Number of calls that one occurrence affects; 1 by default. */
  readonly calls?: number;
  /** Approximate size of the request body that the fault needs. */
  readonly bodyBytes?: number;
}

/** `once`: only the first call or connection has the fault. `always`: all have it. */
export type Mode = 'once' | 'always';

export const modes: readonly Mode[] = ['once', 'always'];

/**
 * Creates the disturbance of a fault. `between` runs after the fault has affected the first call and before the function can
 * notice it.
 */
export const disturbanceOf = (fault: Fault, mode: Mode, between?: (call: Call) => Promise<void>): Disturbance => {
  const { connect, arrive, applied, notApplied, calls = 1 } = fault;
  let met = 0;
  const again = (): boolean => mode === 'always' || met < calls;
  const meet = async (call: Call): Promise<void> => {
    const first = met++ === 0;
    const response = applied && (await call.forward());
    if (first) await between?.(call);
    if (response) await fault.applied?.(call, response);
    else await fault.notApplied?.(call);
  };
  return {
    begin: (network) => fault.begin?.(network, mode),
    ...(connect && {
      connect(socket) {
        if (again()) connect(socket);
        met++;
      },
    }),
    ...(arrive && {
      arrive(socket) {
        const isIgnored = again() && arrive(socket);
        met++;
        return isIgnored;
      },
    }),
    ...((applied || notApplied) && { call: (call) => (again() ? meet(call) : passOn(call)) }),
  };
};
