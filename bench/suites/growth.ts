import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { connections, load, type Question, read } from '../client.ts';
import { item } from '../events.ts';
import { interleave, type Sample } from '../interleave.ts';
import type { Measurement, Suite, SuiteOptions, Target } from '../measurement.ts';
import { memoryOf } from '../process-tree.ts';
import { measurementsOf, type Quantities } from '../quantities.ts';
import type { Server } from '../servers/server.ts';
import { itemsLocal } from '../servers/twin.ts';
import { fill, idOf, startTable } from '../table.ts';
import { inFolder } from '../temporary.ts';

/** Measures if the cost of a request depends on the number of items. */
export const growth: Suite = {
  name: 'growth',
  title: 'Growth: the twin and its functions with ever more items',
  run: (options) =>
    inFolder(async (folder) => {
      const sizes = options.short ? [100, 1000] : [1000, 10_000, 100_000];
      const [least, most] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
      const servers: Server[] = [];
      try {
        const requests: Record<string, () => Promise<Sample>> = {};
        const paging: Record<string, () => Promise<Sample>> = {};
        options.onProgress('items');
        for (const [size, data] of await tables(sizes, folder)) {
          const server = await itemsLocal('--data', data);
          servers.push(server);
          requests[nameOf(size)] = sampler(server, size, options);
          paging[nameOf(size)] = async () => ({ allMs: (await pageThrough(server.url, size)) / (size / 1000) });
        }
        options.onProgress('requests');
        const samples = await interleave(requests, options.rounds);
        options.onProgress('paging');
        const rounds = Math.min(options.rounds, pagingRounds);
        const paged = await interleave(paging, rounds);
        options.onProgress('memory');
        const pages = { rounds: rounds + 1, least, most };
        const memory = await memoryOfPages(servers[0] as Server, servers.at(-1) as Server, pages);
        const measurements = [
          ...measurementsOf(quantities(nameOf(least)), samples, nameOf(most)),
          ...measurementsOf(pagingQuantities(nameOf(least)), paged, nameOf(most)),
          ...memory,
        ];
        return { measurements, notes };
      } finally {
        for (const { stop } of servers) await stop();
      }
    }),
};

/** Reading all pages takes long, and its duration varies little. */
const pagingRounds = 3;

const notes = [
  `Items of almost 1 KB, in a folder, as \`npm start\` keeps them; written to dynalite directly, as CreateItem stores them. Paging is through all items, 100 a page, in ${pagingRounds} rounds: a pass through 100,000 takes ten seconds.`,
  'Memory grows at first with the pages that were served, however few items they are of, and then no more: it is compared after as many pages for each, and of the fewest items also when there were half as many.',
  'With `--memory` the twin holds all items in its memory, which grows with them.',
];

const atMost = (ratio: number, against: string): Target[] => [{ against, ratio }];

const quantities = (least: string): Quantities => ({
  getMs: { quantity: 'GET, median latency', unit: 'ms', targets: atMost(1.5, least) },
  putMs: { quantity: 'PUT, median latency', unit: 'ms', targets: atMost(1.5, least) },
  page25Ms: { quantity: 'a page of 25, median latency', unit: 'ms', targets: atMost(1.5, least) },
  page100Ms: { quantity: 'a page of 100, median latency', unit: 'ms', targets: atMost(1.5, least) },
});
const pagingQuantities = (least: string): Quantities => ({
  allMs: { quantity: 'paging through all, for 1,000 items', unit: 'ms', targets: atMost(1.5, least) },
});

const nameOf = (size: number): string => `${size.toLocaleString('en')} items`;

/** Creates a folder with items for each size, in the order of the sizes. */
const tables = async (sizes: readonly number[], folder: string): Promise<[number, string][]> => {
  const filled: [number, string][] = [];
  let before = 0;
  for (const size of sizes) {
    const data = join(folder, String(size));
    const former = filled.at(-1)?.[1];
    if (former !== undefined) cpSync(former, data, { recursive: true });
    // The name of the table of template.yaml in the twin.
    const table = await startTable({ name: 'items-dev', data });
    try {
      await fill(table, before, size);
    } finally {
      await table.stop();
    }
    before = size;
    filled.push([size, data]);
  }
  return filled;
};

const sampler = ({ url }: Server, size: number, { short }: SuiteOptions): (() => Promise<Sample>) => {
  const count = short ? 10 : 30;
  const any = (): string => `/items/${idOf(Math.floor(Math.random() * size))}`;
  const get = (): Question => ({ method: 'GET', path: any(), status: 200 });
  const put = (): Question => ({ method: 'PUT', path: any(), body: JSON.stringify(item), status: 200 });
  const list = (limit: number) => (): Question => ({ method: 'GET', path: `/items?limit=${limit}`, status: 200 });
  return async () => ({
    getMs: (await load(url, get, count, 1)).medianMs,
    putMs: (await load(url, put, count, 1)).medianMs,
    page25Ms: (await load(url, list(25), count / 5, 1)).medianMs,
    page100Ms: (await load(url, list(100), count / 5, 1)).medianMs,
  });
};

/**
 * Measures the memory of the server with the most items, which has served all its pages `rounds` times, and of the server with
 * the fewest items after half as many and after as many pages. Returns nothing if memory cannot be measured.
 */
const memoryOfPages = async (
  small: Server,
  large: Server,
  { rounds, least, most }: { readonly rounds: number; readonly least: number; readonly most: number },
): Promise<Measurement[]> => {
  const passes = (rounds * most) / least;
  const until = async (done: number, wanted: number): Promise<number | undefined> => {
    for (let pass = done; pass < wanted; pass++) await pageThrough(small.url, least);
    return memoryOf(small.pid);
  };
  const half = await until(rounds, passes / 2);
  const whole = await until(passes / 2, passes);
  const largest = memoryOf(large.pid);
  if (half === undefined || whole === undefined || largest === undefined) return [];
  const pages = ((rounds * most) / pageSize).toLocaleString('en');
  return [
    {
      quantity: `memory of the twin after ${pages} pages`,
      unit: 'MB',
      better: 'less',
      ours: nameOf(most),
      values: { [nameOf(most)]: [largest], [nameOf(least)]: [whole] },
      targets: atMost(1.5, nameOf(least)),
    },
    {
      quantity: `memory of the twin after ${pages} pages of ${nameOf(least)}`,
      unit: 'MB',
      better: 'less',
      ours: 'all pages',
      values: { 'all pages': [whole], 'half of the pages': [half] },
      targets: atMost(1.25, 'half of the pages'),
    },
  ];
};

/** Maximum number of items in a page. */
const pageSize = 100;

/** Returns the milliseconds for reading all pages. Rejects if they do not contain all items. */
const pageThrough = async (url: string, size: number): Promise<number> => {
  const agent = connections(1);
  const startedAt = performance.now();
  try {
    let found = 0;
    let cursor: string | undefined;
    do {
      const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const text = await read(url, { method: 'GET', path: `/items?limit=${pageSize}${after}`, status: 200 }, agent);
      const page: { items: unknown[]; nextCursor?: string } = JSON.parse(text);
      found += page.items.length;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    if (found !== size) throw new Error(`the pages had ${found} items, not ${size}`);
  } finally {
    agent.destroy();
  }
  return performance.now() - startedAt;
};
