import type { Action, Call } from '../proxy/call.ts';
import type { DynamoDbResponse } from '../proxy/message.ts';
import { type Disturbance, type Network, passOn } from '../proxy/proxy.ts';

/** One kind of fault between a function and DynamoDB. Each has one of the hooks. */
export interface Fault {
  readonly name: string;
  /** Runs after DynamoDB has carried out the call, instead of passing on its response. */
  applied?(call: Call, response: DynamoDbResponse): Promise<void>;
  /** Runs instead of the call. DynamoDB gets the call only if the fault forwards it. */
  notApplied?(call: Call): Promise<void>;
  /** Runs when the first bytes of a call arrive; see `Disturbance`. */
  readonly arrive?: Disturbance['arrive'];
  /** Runs before the request. */
  begin?(network: Network, mode: Mode): void;
  /** Runs for each new connection. */
  readonly connect?: Disturbance['connect'];
  /** The function cannot know whether DynamoDB carried out the call. */
  readonly uncertain?: true;
  /** The fault lasts for seconds. */
  readonly slow?: true;
  /** DynamoDB rejects the call for a reason that only we can fix, such as permissions: a 500 is right. */
  readonly ours?: true;
  /**
   * Statuses that are right because the response is one that DynamoDB gives in another state, such as "no such item". A function cannot
   * tell the difference.
   */
  readonly believable?: Partial<Readonly<Record<Action, readonly number[]>>>;
  /** DynamoDB never gives the response to a read. */
  readonly writesOnly?: true;
  /** Number of calls that one occurrence takes, 1 by default. */
  readonly calls?: number;
  /** Approximate size of the request body that the fault needs. */
  readonly bodyBytes?: number;
}

/** `once`: the first call or connection meets the fault. `always`: each of them does. */
export type Mode = 'once' | 'always';

export const modes: readonly Mode[] = ['once', 'always'];

/** Makes a disturbance of a fault. `between` runs after the first call has met the fault and before the function can notice it. */
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
