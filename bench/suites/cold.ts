import { join } from 'node:path';
import { createItems, eventFor, measureColdPath } from '../cold-path.ts';
import { type Contender, names, nodeContenders, pythonContenders } from '../contenders.ts';
import { onGround } from '../ground.ts';
import { requirementsIn, versionsIn } from '../install.ts';
import { interleave, type Sample } from '../interleave.ts';
import type { Breakdown, Suite, SuiteOptions, SuiteResult } from '../measurement.ts';
import { layersOf, measurementsOf, type Quantities, stepsOf, valuesOf } from '../quantities.ts';
import { timeSteps } from '../runtime/environment.ts';

/** Measures the time from the start of an execution environment to its first response. */
export const cold: Suite = {
  name: 'cold',
  title: 'Cold path: an execution environment starts and answers its first request',
  run: (options) =>
    onGround(async ({ folder, variables }) => {
      const inNode = (await nodeContenders(folder, variables)).all.filter(({ name }) => name !== names.connected);
      const inPython = (await pythonContenders(folder, variables)).all;
      const node = await measure('', inNode, quantities(names.sdk), options);
      const python = await measure(' in Python', inPython, quantities(names.boto3), options);
      options.onProgress('steps');
      return {
        measurements: [...node.measurements, ...python.measurements],
        breakdowns: [
          ...node.breakdowns,
          await steps('GetItem: ours, from the start to the first answer', inNode, 'node.mjs', options),
          await steps('What TLS and a request take in Node.js, with nothing of ours', inNode, 'floor.mjs', options),
          ...python.breakdowns,
          await steps('GetItem in Python: ours, from the start to the first answer', inPython, 'python.py', options),
        ],
        notes,
      };
    }),
};

const notes = [
  'Ours is the code that stands in template.yaml and template.python.yaml. All run in the same small runtime with the variables that Lambda sets, and ask dynalite through one relay that speaks TLS as AWS does.',
  'The handlers of the SDK, with and without Powertools, and of aws-lite are modules (.mjs), as in AWS’s samples; the SDK comes from node_modules, as in Lambda’s runtime, or bundled and minified by esbuild.',
  `Of others there are ${versionsIn('peers')}, ${requirementsIn('bench/peers/requirements.in')} and ${versionsIn('..', ['esbuild', 'dynalite'])}.`,
  'Module load and first answer leave out the start of Node.js or Python, which is the same for all. CPU time and peak memory are of the whole process.',
];

const quantities = (sdk: string): Quantities => ({
  wallMs: { quantity: 'start of the process to the first answer', unit: 'ms' },
  loadAndResponseMs: {
    quantity: 'module load and first answer',
    unit: 'ms',
    targets: [
      { against: sdk, ratio: 1 / 6 },
      { against: names.raw, ratio: 1.3 },
    ],
  },
  cpuMs: { quantity: 'CPU time', unit: 'ms' },
  peakMemoryMb: { quantity: 'peak memory', unit: 'MB', targets: [{ against: sdk, ratio: 0.5 }] },
});

const measure = async (
  edition: string,
  contenders: readonly Contender[],
  wanted: Quantities,
  { rounds, onProgress }: SuiteOptions,
): Promise<Required<Pick<SuiteResult, 'measurements' | 'breakdowns'>>> => {
  await createItems(contenders);
  const measurements = [];
  const breakdowns = [];
  for (const operation of ['GetItem', 'CreateItem'] as const) {
    onProgress(`${operation}${edition}`);
    const runs = contenders.map((contender) => [contender.name, () => measureColdPath(contender, operation)] as const);
    const samples = await interleave(Object.fromEntries(runs), rounds);
    measurements.push(...measurementsOf(wanted, samples, names.ours, `${operation}${edition}: `));
    if (operation === 'GetItem')
      breakdowns.push(layersOf(`${operation}${edition}: peak memory`, 'MB', valuesOf(samples, 'peakMemoryMb'), layers));
  }
  return { measurements, breakdowns };
};

const layers = [
  [names.empty, 'the runtime with an empty handler'],
  [names.raw, 'TLS and one signed request'],
  [names.ours, 'what ours has beside'],
] as const;

const steps = async (
  title: string,
  contenders: readonly Contender[],
  program: string,
  { rounds }: SuiteOptions,
): Promise<Breakdown> => {
  const ours = contenders.find(({ name }) => name === names.ours) as Contender;
  const file = join(import.meta.dirname, '../steps', program);
  const samples: Sample[] = [];
  while (samples.length < rounds) samples.push(await timeSteps(ours.start('GetItem'), file, eventFor(ours, 'GetItem')));
  return stepsOf(title, samples);
};
