import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../test/checkout.ts';
import { interleave, type Sample } from '../interleave.ts';
import type { Measurement, Suite } from '../measurement.ts';
import { type Program, run } from '../servers/server.ts';
import { inFolder } from '../temporary.ts';

/** Measures the time until a saved change is served. */
export const reload: Suite = {
  name: 'reload',
  title: '`npm run dev`: from a saved file to the first response of the new code',
  run: ({ rounds, onProgress }) =>
    inFolder(async (folder) => {
      const measurements: Measurement[] = [];
      for (const [file, edits] of Object.entries(editions)) {
        onProgress(file);
        const directory = checkout(join(folder, file));
        for (const name of Object.keys(editions)) copyFileSync(join(root, name), join(directory, name));
        const twin = await startTwin(directory, file);
        try {
          const runs = edits.map(({ name, ...edit }) => [name, reloader(directory, edit, twin)] as const);
          const samples = await interleave(Object.fromEntries(runs), rounds);
          measurements.push(...edits.map(({ name }) => measurementOf(name, samples[name] ?? [])));
        } finally {
          await twin.program.stop();
        }
      }
      return { measurements, notes };
    }),
};

const notes = [
  'Each change reaches a function, whose next invocation is a cold start: that is part of the time. After a change of the contract or the stack, the modules of the generator are loaded anew.',
];

const root = join(import.meta.dirname, '../..');

/** A text of a file, and its replacement, which differs each time. */
interface Edit {
  readonly path: string;
  readonly text: string;
  to(count: number): string;
}

/** The edits, by the template that is generated from them. */
const editions: Readonly<Record<string, readonly (Edit & { readonly name: string })[]>> = {
  'template.yaml': [
    { name: 'a handler', path: 'src/functions/typescript/get-item.ts', text: 'reads an item', to: (n) => `reads item ${n}` },
    {
      name: 'a file of all handlers',
      path: 'src/functions/typescript/respond.ts',
      text: 'Makes Lambda handlers',
      to: (n) => `Makes ${n} Lambda handlers`,
    },
    { name: 'the contract', path: 'src/contract/problems.ts', text: 'There is no such item', to: (n) => `No item ${n}` },
    { name: 'the stack', path: 'src/stack/operation.ts', text: 'Timeout: 30', to: (n) => `Timeout: ${31 + n}` },
  ],
  'template.python.yaml': [
    {
      name: 'a handler in Python',
      path: 'src/functions/python/get_item.py',
      text: 'reads an item',
      to: (n) => `reads item ${n}`,
    },
  ],
};

const measurementOf = (name: string, samples: readonly Sample[]): Measurement => ({
  quantity: `${name}: saved to served`,
  unit: 'ms',
  better: 'less',
  ours: 'ours',
  values: { ours: samples.map(({ ms = Number.NaN }) => ms), 'half a second': samples.map(() => 500) },
  targets: [{ against: 'half a second', ratio: 1 }],
});

/** A twin that watches the sources of a checkout. */
interface Twin {
  readonly program: Program;
  readonly url: string;
}

const startTwin = async (directory: string, file: string): Promise<Twin> => {
  const parameters = ['--watch', '--memory', '--port', '0', '--parameter', 'AuthorizationType=NONE', '--template', file];
  const program = run(process.execPath, ['bin/items.mjs', 'local', ...parameters], {
    folder: directory,
    variables: process.env,
  });
  const [[, url = '']] = await Promise.all([program.line(/^(http\S+) {2}stage /), program.line(/^watching/)]);
  return { program, url };
};

/**
 * Returns a function that saves a file, waits until the change is served, and measures the time until the first response after
 * it.
 */
const reloader = (directory: string, { path, text, to }: Edit, { program, url }: Twin): (() => Promise<Sample>) => {
  const file = join(directory, path);
  const original = readFileSync(file, 'utf8');
  if (!original.includes(text)) throw new Error(`${path} does not have "${text}"`);
  let count = 0;
  return async () => {
    const updated = program.line(/^(?:updated|replaced) /);
    const saved = performance.now();
    writeFileSync(file, original.replace(text, to(count++)));
    await updated;
    const response = await fetch(`${url}/items/none`);
    await response.text();
    if (response.status !== 404) throw new Error(`after a change of ${path} the twin responds with ${response.status}`);
    return { ms: performance.now() - saved };
  };
};
