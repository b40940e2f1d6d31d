import type { Model, Operation } from './linearizability.ts';

/** An operation on one item, as a client observed it. Each write of a history has different content. */
export interface ItemOperation extends Operation {
  readonly client: string;
  readonly kind: 'create' | 'read' | 'update' | 'delete';
  /** Content to write. */
  readonly content?: string;
  /** The content that had the entity tag of the If-Match header. */
  readonly ifMatch?: string;
  /** Undefined if the outcome is unknown. */
  readonly status: number | undefined;
  /** The item in the response. */
  readonly returnedItem?: ItemState;
}

export interface ItemState {
  readonly content: string;
  readonly version: number;
}

/** An item of the API, which may not exist. */
export const itemModel: Model<ItemState | 'none', ItemOperation> = {
  initial: 'none',
  key: (state) => (state === 'none' ? state : `${state.version} ${state.content}`),
  step(state, operation) {
    const { kind, content = '', status, returnedItem } = operation;
    const next = effect(state, kind, content);
    // An order includes an operation with an unknown outcome only if it took effect.
    if (status === undefined) return succeeds(state, operation) ? next : undefined;
    if (!statuses(state, operation).includes(status)) return undefined;
    if (status >= 400) return state;
    return kind === 'delete' || isSame(kind === 'read' ? state : next, returnedItem) ? next : undefined;
  },
};

const effect = (state: ItemState | 'none', kind: ItemOperation['kind'], content: string): ItemState | 'none' => {
  switch (kind) {
    case 'read':
      return state;
    case 'delete':
      return 'none';
    case 'create':
      return { content, version: 1 };
    case 'update':
      return { content, version: state === 'none' ? 1 : state.version + 1 };
  }
};

const succeeds = (state: ItemState | 'none', { kind, ifMatch }: ItemOperation): boolean => {
  if (kind === 'create') return state === 'none';
  return state !== 'none' && (ifMatch === undefined || ifMatch === state.content);
};

/** Returns the statuses that are correct in a state. */
const statuses = (state: ItemState | 'none', operation: ItemOperation): readonly number[] => {
  const { kind, ifMatch } = operation;
  if (succeeds(state, operation)) return [{ create: 201, read: 200, update: 200, delete: 204 }[kind]];
  if (kind === 'create') return [409];
  if (state !== 'none') return [412];
  // RFC 9110, 13.1.1: If-Match is false if there is no item.
  return ifMatch === undefined ? [404] : [404, 412];
};

const isSame = (state: ItemState | 'none', item: ItemState | undefined): boolean =>
  state !== 'none' && state.content === item?.content && state.version === item.version;

/** Formats a history in one line. The numbers are the times of invocation and response. */
export const describe = (history: readonly ItemOperation[]): string =>
  [...history]
    .sort((a, b) => a.invoked - b.invoked)
    .map(({ client, kind, content, ifMatch, status, returnedItem, invoked, returned }) => {
      const action = [kind, content, ifMatch !== undefined && `if ${ifMatch}`].filter(Boolean).join(' ');
      const item = returnedItem ? ` ${returnedItem.content} (version ${returnedItem.version})` : '';
      return `${client} [${invoked}-${returned ?? '?'}] ${action}: ${status ?? 'unknown'}${item}`;
    })
    .join('; ');
