/** An operation of a client, as the client observed it. All times are from one clock, and no two events have the same time. */
export interface Operation {
  readonly invoked: number;
  /** Undefined if the client does not know the outcome: the operation may take effect at any later time, or never. */
  readonly returned: number | undefined;
}

/** The sequential behavior of an object. */
export interface Model<State, Of> {
  readonly initial: State;
  /**
   * Returns the state after an operation with its recorded outcome; undefined if the outcome is impossible in this state. Returns
   * the same object if the operation does not change the state.
   */
  step(state: State, operation: Of): State | undefined;
  /** Returns a text that is equal for equal states. */
  key(state: State): string;
}

export interface Verdict<Of> {
  /** Undefined if the search reached its limit. */
  readonly linearizable: boolean | undefined;
  /** The longest valid order that the search found. */
  readonly explained: readonly Of[];
}

/**
 * Checks if a history is linearizable (Herlihy and Wing, 1990). Then the operations have an order that the model allows, in which
 * an operation that returned before another was invoked comes first. The search is that of Wing and Gong (1993). As Lowe (2017)
 * proposes, it visits each pair of a set of operations and a state once. It stops after `limit` pairs.
 */
export const check = <State, Of extends Operation>(
  history: readonly Of[],
  model: Model<State, Of>,
  limit = 200_000,
): Verdict<Of> => {
  const operations = [...history].sort((a, b) => a.invoked - b.invoked);
  const end = (operation: Of): number => operation.returned ?? Number.POSITIVE_INFINITY;
  const visited = new Set<string>();
  const order: Of[] = [];
  let done = 0n;
  let explained: readonly Of[] = [];
  let left = limit;

  const isDone = (index: number): boolean => (done & (1n << BigInt(index))) !== 0n;
  /** Returns the operations that may come next: those that were invoked before any other one returned. */
  const candidates = (): { readonly operation: Of; readonly bit: bigint }[] => {
    const open = operations.map((operation, index) => ({ operation, index })).filter(({ index }) => !isDone(index));
    const first = Math.min(...open.map(({ operation }) => end(operation)));
    return (
      open
        .filter(({ operation }) => operation.invoked <= first)
        // The most likely operations come first, operations that may never have happened last.
        .sort((a, b) => end(a.operation) - end(b.operation))
        .map(({ operation, index }) => ({ operation, bit: 1n << BigInt(index) }))
    );
  };

  const search = (state: State): boolean | undefined => {
    if (order.length > explained.length) explained = [...order];
    if (operations.every((operation, index) => operation.returned === undefined || isDone(index))) return true;
    if (left-- <= 0) return undefined;
    for (const { operation, bit } of candidates()) {
      const next = model.step(state, operation);
      if (next === undefined) continue;
      const pair = `${done | bit} ${model.key(next)}`;
      if (!visited.has(pair)) {
        visited.add(pair);
        done |= bit;
        order.push(operation);
        const found = search(next);
        if (found !== false) return found;
        order.pop();
        done ^= bit;
      }
      // The position of an operation that does not change the state is irrelevant, so no other order can succeed.
      if (next === state && operation.returned !== undefined) return false;
    }
    return false;
  };
  return { linearizable: search(model.initial), explained };
};
