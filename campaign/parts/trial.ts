import { type Client, json, type Response, summary } from '../ground/client.ts';
import type { Deployment } from '../ground/deployment.ts';
import { type FunctionName, operations, withBody } from '../operations.ts';
import { type Item, itemIn } from '../oracle.ts';

/** Creates an item through the undisturbed deployment. */
export const createItem = async (undisturbed: Client, id: string, content: string): Promise<Item> => {
  const response = await undisturbed.send(withBody('POST', '/items', { id, content }));
  const item = response.status === 201 ? itemIn(response) : undefined;
  // On a busy machine, a 503 may hide a success.
  const created = item ?? (response.status === 503 ? await readItem(undisturbed, id) : undefined);
  if (created === undefined) throw new Error(`cannot create an item: ${summary(response)}`);
  return created;
};

/** Reads an item through the undisturbed deployment; undefined if it does not exist. */
export const readItem = async (undisturbed: Client, id: string): Promise<Item | undefined> => {
  for (let left = 3; ; left--) {
    const response = await undisturbed.send({ method: 'GET', path: `/items/${id}` });
    if (response.status === 404) return undefined;
    const item = response.status === 200 ? itemIn(response) : undefined;
    if (item !== undefined) return item;
    if (response.status !== 503 || left === 0) throw new Error(`cannot read an item: ${summary(response)}`);
  }
};

/**
 * Gives a function of a lane a new keep-alive connection, as it has after any request. Closes the connections of earlier cases;
 * the function may respond with 503 before it opens a new one.
 */
export const warmUp = async (name: FunctionName, lane: Deployment, undisturbed: Client, id: string): Promise<void> => {
  lane.proxy.dropAll();
  for (const attempt of [1, 2, 3]) if (!(await sendPlain(name, lane, undisturbed, `${id}-${attempt}`))) return;
};

/**
 * Sends a request to a function of a lane, without a fault and for a separate item. Returns the response if it is not the
 * expected success.
 */
export const sendPlain = async (
  name: FunctionName,
  lane: Deployment,
  undisturbed: Client,
  id: string,
): Promise<Response | undefined> => {
  const operation = operations.find((one) => one.function === name);
  if (operation === undefined) throw new Error(`no operation calls ${name}`);
  const content = `plain ${id}`;
  const needsItem = name !== 'CreateItem' && name !== 'ListItems';
  const item = needsItem ? await createItem(undisturbed, id, content) : undefined;
  const response = await lane.client.send(operation.request({ id, tag: item?.tag ?? '', content }));
  const isRight = response.status === success[name] && (!returnsItem.has(name) || json(response).content === content);
  return isRight ? undefined : response;
};

const success: Readonly<Record<FunctionName, number>> = {
  CreateItem: 201,
  GetItem: 200,
  UpdateItem: 200,
  DeleteItem: 204,
  ListItems: 200,
};

const returnsItem: ReadonlySet<FunctionName> = new Set(['CreateItem', 'GetItem', 'UpdateItem']);
