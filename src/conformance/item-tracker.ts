import { idPattern } from '../contract/item.ts';
import { base, type Outgoing, type Response, reasonOf, send, type Target } from './send.ts';

/** Tracks the items that requests create and delete. */
export interface ItemTracker {
  /** Records a request before it is sent. Call the returned function with the response, or without one if there is none. */
  note(request: Outgoing): (response?: Pick<Response, 'status' | 'text'>) => void;
  /** Deletes the items that were created and not deleted. */
  remove(): Promise<Removal>;
}

/** Outcome of a clean-up. */
export interface Removal {
  readonly created: number;
  /** Items that recorded requests deleted. */
  readonly deleted: number;
  /** Items that the clean-up deleted. */
  readonly removed: number;
  /** A sentence for each item that still exists or may exist. */
  readonly remaining: readonly string[];
}

/** Creates a tracker without items. It never changes items that its requests have not created. */
export const createItemTracker = (target: Target): ItemTracker => {
  // Items by path, such as /items/lamp.
  const present = new Set<string>();
  // Creates without a response or with a 5xx: the item may or may not exist.
  const doubtfulPaths = new Set<string>();
  const doubtful: Outgoing[] = [];
  let created = 0;
  let deleted = 0;

  /** Returns the path below the invoke URL. */
  const pathOf = ({ pathname }: URL): string => pathname.slice(new URL(base(target)).pathname.replace(/\/$/, '').length);

  const note: ItemTracker['note'] = (request) => (response) => {
    const { method, url } = request;
    const path = pathOf(url);
    const collection = path.replace(/^(\/[^/]*).*/, '$1');
    const createdId =
      response && isCreation(method, response.status) ? (idIn(response.text) ?? idIn(request.body)) : undefined;
    if (createdId !== undefined) {
      const own = `${collection}/${createdId}`;
      if (!present.has(own)) created += 1;
      present.add(own);
      target.onItem?.(own, 'created');
      doubtfulPaths.delete(own);
    } else if (method === 'DELETE' && response?.status === 204) {
      const own = decodeURIComponent(path);
      if (present.delete(own)) deleted += 1;
      target.onItem?.(own, 'deleted');
    } else if (method === 'POST' && (response === undefined || response.status >= 500 || response.status === 201)) {
      const id = idIn(request.body);
      if (id === undefined) doubtful.push(request);
      else if (!present.has(`${collection}/${id}`)) doubtfulPaths.add(`${collection}/${id}`);
    }
  };

  const removeItem = async (path: string): Promise<'removed' | 'absent' | string> => {
    const url = new URL(`${base(target)}${path}`);
    let reason = '';
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        const { status, text } = await send(target, { method: 'DELETE', url, headers: {}, body: undefined });
        if (status === 204 || status === 404) {
          target.onItem?.(path, 'deleted');
          return status === 204 ? 'removed' : 'absent';
        }
        reason = `${status} ${text.slice(0, 200)}`;
      } catch (error) {
        reason = reasonOf(error);
      }
    }
    return `${path}: DELETE returned ${reason}`;
  };

  /** Repeats a create. With a key this is safe, and its response contains the id of the item. */
  const repeat = async (request: Outgoing): Promise<string | undefined> => {
    if (!('idempotency-key' in request.headers)) return undefined;
    const response = await send(target, request).catch(() => undefined);
    return response?.status === 201 ? idIn(response.text) : undefined;
  };

  const remove: ItemTracker['remove'] = async () => {
    const remaining: string[] = [];
    for (const request of doubtful.splice(0)) {
      const id = await repeat(request);
      if (id !== undefined) {
        const path = `${pathOf(request.url)}/${id}`;
        doubtfulPaths.add(path);
        target.onItem?.(path, 'created');
      } else
        remaining.push(
          `perhaps an item of an unknown id: ${request.method} ${request.url} ${textOf(request.body)} had no response, or a 5xx`,
        );
    }
    const paths = [...present, ...doubtfulPaths];
    const known = present.size;
    const results: string[] = [];
    // In batches of ten, which a small stage accepts.
    for (let begin = 0; begin < paths.length; begin += 10) {
      results.push(...(await Promise.all(paths.slice(begin, begin + 10).map(removeItem))));
    }
    created += results.slice(known).filter((result) => result === 'removed').length;
    const removed = results.filter((result) => result === 'removed').length;
    remaining.push(...results.filter((result) => result !== 'removed' && result !== 'absent'));
    present.clear();
    doubtfulPaths.clear();
    return { created, deleted, removed, remaining };
  };

  return { note, remove };
};

/** A correct PUT creates nothing. If one does, its item must be deleted as well. */
const isCreation = (method: string, status: number): boolean =>
  (method === 'POST' && status === 201) || (method === 'PUT' && status >= 200 && status < 300);

/** Returns the id in an item's JSON, or undefined unless it is valid. */
const idIn = (text: string | Uint8Array | undefined): string | undefined => {
  try {
    const { id } = JSON.parse(textOf(text)) as { id?: unknown };
    return typeof id === 'string' && new RegExp(idPattern).test(id) ? id : undefined;
  } catch {
    return undefined;
  }
};

const textOf = (text: string | Uint8Array | undefined): string =>
  typeof text === 'string' ? text : new TextDecoder().decode(text);
