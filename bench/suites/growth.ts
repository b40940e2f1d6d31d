import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { connections, load, type Question, read } from '../client.ts';
import { item } from '../events.ts';
import { interleave, type Sample, valuesOf } from '../interleave.ts';
import type { Measurement, Suite, SuiteOptions } from '../measurement.ts';
import { memoryOf } from '../process-tree.ts';
import type { Server } from '../servers/server.ts';
import { itemsLocal } from '../servers/twin.ts';
import { fill, idOf, startTable } from '../table.ts';
import { inFolder } from '../temporary.ts';

/** Whether what a request costs depends on how many items there are. */
export const growth: Suite = {
  name: 'growth',
  title: 'Growth: the twin and its functions with ever more items',
  run: (options) =>
    inFolder(async (folder) => {
      const sizes = options.short ? [100, 1000] : [1000, 10_000, 100_000];
      const servers: Server[] = [];
      try {
        const requests: Record<string, () => Promise<Sample>> = {};
        const paging: Record<string, () => Promise<Sample>> = {};
        options.onProgress('items');
        for (const [size, data] of await tables(sizes, folder)) {
          const server = await itemsLocal('--port', '0', '--data', data);
          servers.push(server);
          requests[nameOf(size)] = sampler(server, size, options);
          paging[nameOf(size)] = async () => ({
            allMs: (await pageThrough(server.url, size)) / (size / 1000),
            ...memoryIn('pagedMb', server.pid),
          });
        }
        // First, so that all have served as many when their memory is compared.
        options.onProgress('requests');
        const samples = await interleave(requests, options.rounds);
        options.onProgress('paging');
        const paged = await interleave(paging, Math.min(options.rounds, pagingRounds));
        const [most, least] = [nameOf(sizes.at(-1) ?? 0), nameOf(sizes[0] ?? 0)];
        return { measurements: [...measurementsOf(samples, most, least), ...measurementsOf(paged, most, least)], notes };
      } finally {
        for (const { stop } of servers) await stop();
      }
    }),
};

/** Paging through all takes long, and varies little. */
const pagingRounds = 5;

const notes = [
  `Items of almost 1 KB, in a folder, as \`npm start\` keeps them; written to dynalite directly, as CreateItem stores them. Paging is through all items, 100 a page, in ${pagingRounds} rounds: a pass through 100,000 takes ten seconds.`,
  'The memory of the twin is compared after as many requests for each; what it takes once all pages were read comes from their number, and stays.',
  'With `--memory` the twin holds all items in its memory, which grows with them.',
];

const nameOf = (size: number): string => `${size.toLocaleString('en')} items`;

/** A folder with so many items for each size, in the order of the sizes. */
const tables = async (sizes: readonly number[], folder: string): Promise<[number, string][]> => {
  const filled: [number, string][] = [];
  let before = 0;
  for (const size of sizes) {
    const data = join(folder, String(size));
    const former = filled.at(-1)?.[1];
    if (former !== undefined) cpSync(former, data, { recursive: true });
    // The name that the twin gives the table of template.yaml.
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

const sampler = ({ url, pid }: Server, size: number, { short }: SuiteOptions): (() => Promise<Sample>) => {
  const count = short ? 10 : 30;
  const any = (): string => `/items/${idOf(Math.floor(Math.random() * size))}`;
  const get = (): Question => ({ method: 'GET', path: any(), status: 200 });
  const put = (): Question => ({ method: 'PUT', path: any(), body: JSON.stringify(item), status: 200 });
  const list = (limit: number) => (): Question => ({ method: 'GET', path: `/items?limit=${limit}`, status: 200 });
  return async () => {
    const sample = {
      getMs: (await load(url, get, count, 1)).medianMs,
      putMs: (await load(url, put, count, 1)).medianMs,
      page25Ms: (await load(url, list(25), count / 5, 1)).medianMs,
      page100Ms: (await load(url, list(100), count / 5, 1)).medianMs,
    };
    return { ...sample, ...memoryIn('memoryMb', pid) };
  };
};

/** Nothing where memory cannot be measured. */
const memoryIn = (figure: string, pid: number): Sample => {
  const memory = memoryOf(pid);
  return memory === undefined ? {} : { [figure]: memory };
};

/** Milliseconds for reading all pages. Rejects if they do not have all items. */
const pageThrough = async (url: string, size: number): Promise<number> => {
  const agent = connections(1);
  const startedAt = performance.now();
  try {
    let found = 0;
    let cursor: string | undefined;
    do {
      const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const text = await read(url, { method: 'GET', path: `/items?limit=100${after}`, status: 200 }, agent);
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

const quantities = {
  getMs: ['GET, median latency', 'ms'],
  putMs: ['PUT, median latency', 'ms'],
  page25Ms: ['a page of 25, median latency', 'ms'],
  page100Ms: ['a page of 100, median latency', 'ms'],
  allMs: ['paging through all, for 1,000 items', 'ms'],
  memoryMb: ['memory of the twin', 'MB'],
  pagedMb: ['memory after paging through all', 'MB'],
} as const;

const measurementsOf = (samples: Readonly<Record<string, readonly Sample[]>>, most: string, least: string): Measurement[] =>
  Object.entries(quantities).flatMap(([figure, [quantity, unit]]) => {
    if (!Object.values(samples).every((rounds) => rounds.every((sample) => figure in sample))) return [];
    const targets = figure === 'pagedMb' ? [] : [{ against: least, ratio: 1.5 }];
    return { quantity, unit, better: 'less', ours: most, values: valuesOf(samples, figure), targets };
  });
