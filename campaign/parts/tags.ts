import { type Client, json, type Request, type Response, seconds, summary } from '../ground/client.ts';
import type { Ground } from '../ground/ground.ts';
import { withBody } from '../operations.ts';
import { type Context, type Part, type Row, timeLimit, type Wrong } from '../part.ts';
import type { Random } from '../random.ts';

export const tags: Part = {
  name: 'tags',
  title:
    'entity tags of items that are created, updated, deleted, replayed and restored from older copies: none returns for other content',
  run: (context) => Promise.all(context.grounds.map((ground) => runOn(ground, context))),
};

const stepsPerItem = 12;

const runOn = async (ground: Ground, { random, short, signal }: Context): Promise<Row> => {
  const { client } = await ground.undisturbed();
  const wrong: Wrong[] = [];
  let tried = 0;
  let slowest = 0;
  for (let index = 0; index < (short ? 8 : 40) && !signal.aborted; index++) {
    const life = createLife(ground, client, `tags-${index}`, random.fork(`${ground.edition} ${index}`));
    await life.live(stepsPerItem);
    tried += life.tags();
    slowest = Math.max(slowest, life.slowest());
    if (life.wrong[0]) wrong.push(life.wrong[0]);
  }
  if (slowest > timeLimit) wrong.push({ subject: 'time', why: `a response took ${seconds(slowest)}` });
  return { part: 'tags', edition: ground.edition, tried: `${tried} entity tags`, wrong, slowest };
};

/** Creates the life of one item, from its creation, with all representations that its entity tags have identified. */
const createLife = ({ database }: Ground, client: Client, id: string, random: Random) => {
  const wrong: Wrong[] = [];
  const steps: string[] = [];
  const representations = new Map<string, string>();
  const copies: object[] = [];
  let slowest = 0;
  // Clients can choose the request id of API Gateway with this header. A repeated id must not make two writes one.
  const requestId = `00000000-0000-4000-8000-${String(random.below(1e9)).padStart(12, '0')}`;

  const fail = (why: string): void => void wrong.push({ subject: steps.join(', '), why });
  const send = async (request: Request): Promise<Response> => {
    const response = await client.send({ ...request, headers: { ...request.headers, 'x-amzn-RequestId': requestId } });
    slowest = Math.max(slowest, response.ms);
    return response;
  };
  const expect = (response: Response, status: number): void => {
    if (response.status !== status) fail(`expected ${status}: ${summary(response)}`);
    const { etag } = response.headers;
    if (etag === undefined || response.text === '') return;
    const known = representations.get(etag);
    if (known !== undefined && known !== response.text) fail(`${etag} is the tag of ${known} and of ${response.text}`);
    representations.set(etag, response.text);
  };

  const keyed = random.chance(0.5);
  const creation = keyed
    ? withBody('POST', '/items', { n: 0 }, { 'Idempotency-Key': id })
    : withBody('POST', '/items', { id, n: random.below(2) });
  // With an Idempotency-Key, the response to the creation contains the id.
  let path = `/items/${id}`;
  let exists = false;

  const actions: Readonly<Record<string, () => Promise<void>>> = {
    async create() {
      if (exists && !keyed) return;
      const response = await send(creation);
      expect(response, 201);
      path = `/items/${String(json(response).id)}`;
      exists = true;
    },
    async delete() {
      if (!exists) return;
      expect(await send({ method: 'DELETE', path }), 204);
      exists = false;
    },
    async update() {
      if (!exists) return;
      const n = random.below(3);
      expect(await send(withBody('PUT', path, { n })), 200);
      const read = await send({ method: 'GET', path });
      if (json(read).n !== n) fail(`a PUT of ${n} succeeded, and GET returns ${json(read).n}`);
    },
    async copy() {
      const item = await database.read(path.replace('/items/', ''));
      if (item) copies.push(item);
    },
    async restore() {
      if (copies.length === 0) return;
      await database.write(random.pick(copies));
      exists = true;
    },
  };

  /** Checks that an earlier tag of the item, which is not its current one, does not match. */
  const checkOldTag = async (): Promise<void> => {
    const read = await send({ method: 'GET', path });
    expect(read, exists ? 200 : 404);
    const old = [...representations.keys()].filter((tag) => tag !== read.headers.etag);
    if (!exists || old.length === 0) return;
    const tag = random.pick(old);
    expect(await send({ method: 'GET', path, headers: { 'If-None-Match': tag } }), 200);
    expect(await send(withBody('PUT', path, { n: 9 }, { 'If-Match': tag })), 412);
    expect(await send({ method: 'DELETE', path, headers: { 'If-Match': tag } }), 412);
  };

  return {
    wrong,
    tags: () => representations.size,
    slowest: () => slowest,
    async live(count: number): Promise<void> {
      // After an error, the expected state of the item is unknown.
      for (let step = 0; step < count && wrong.length === 0; step++) {
        const name = step === 0 ? 'create' : random.pick(Object.keys(actions));
        steps.push(name);
        await actions[name]?.();
        await checkOldTag();
      }
    },
  };
};
