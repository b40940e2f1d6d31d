import { ask, load, type Question } from '../client.ts';
import { item } from '../events.ts';
import { interleave, type Sample } from '../interleave.ts';
import type { Suite, SuiteOptions } from '../measurement.ts';
import { measurementsOf, type Quantities } from '../quantities.ts';
import type { Server } from '../servers/server.ts';
import { itemsLocal } from '../servers/twin.ts';

/** Measures the cost of an open console for each request. */
export const console: Suite = {
  name: 'console',
  title: 'The console: requests while somebody looks',
  run: async (options) => {
    const servers: Server[] = [];
    const looking = new AbortController();
    try {
      for (const _ of [watched, unwatched]) servers.push(await itemsLocal('--memory'));
      const [first, second] = servers as [Server, Server];
      await look(first, looking.signal);
      options.onProgress('requests');
      const contenders = { [watched]: sampler(first, options), [unwatched]: sampler(second, options) };
      const samples = await interleave(contenders, options.rounds);
      return { measurements: measurementsOf(quantities, samples, watched), notes };
    } finally {
      looking.abort();
      for (const { stop } of servers) await stop();
    }
  },
};

const watched = 'with the console open';
const unwatched = 'without';

const notes = [
  'Both twins record the last 1,000 requests. That of an open console also streams each to a page, which reads it.',
];

const quantities: Quantities = {
  getMs: { quantity: 'GET, median latency', unit: 'ms', targets: [{ against: unwatched, ratio: 1.1 }] },
  postMs: { quantity: 'POST, median latency', unit: 'ms', targets: [{ against: unwatched, ratio: 1.1 }] },
};

const sampler =
  ({ url }: Server, { short }: SuiteOptions) =>
  async (): Promise<Sample> => {
    const id = crypto.randomUUID();
    const post: Question = { method: 'POST', path: '/items', body: JSON.stringify(item), status: 201 };
    await ask(url, { ...post, body: JSON.stringify({ ...item, id }) });
    const gets = await load(url, () => ({ method: 'GET', path: `/items/${id}`, status: 200 }), short ? 10 : 60, 1);
    const posts = await load(url, () => post, short ? 10 : 30, 1);
    return { getMs: gets.medianMs, postMs: posts.medianMs };
  };

/** Reads the stream of a console, as its page does, until the signal aborts. */
const look = async ({ console: address = '' }: Server, signal: AbortSignal): Promise<void> => {
  const html = await (await fetch(address)).text();
  const [, settings = ''] = /data-settings="([^"]*)"/.exec(html) ?? [];
  const { token } = JSON.parse(settings.replaceAll('&quot;', '"')) as { readonly token: string };
  const headers = { Origin: new URL(address).origin, 'X-Page-Token': token };
  const response = await fetch(`${address}live`, { method: 'POST', headers, body: '{}', signal });
  if (!response.ok) throw new Error(`${address}live was answered with ${response.status}`);
  const read = async (): Promise<void> => {
    for await (const _ of response.body ?? []);
  };
  // Reading ends with an error when the signal aborts.
  read().catch(() => {});
};
