import { type ColdPath, createItems, measureColdPath } from '../cold-path.ts';
import { type Contender, names, nodeContenders, pythonContenders } from '../contenders.ts';
import { onGround } from '../ground.ts';
import { requirementsIn, versionsIn } from '../install.ts';
import { interleave, valuesOf } from '../interleave.ts';
import type { Measurement, Suite, SuiteOptions, Target, Unit } from '../measurement.ts';

/** From the start of an execution environment to its first answer. */
export const cold: Suite = {
  name: 'cold',
  title: 'Cold path: an execution environment starts and answers its first request',
  run: (options) =>
    onGround(async ({ folder, variables }) => {
      const inNode = (await nodeContenders(folder, variables)).filter(({ name }) => name !== names.connected);
      const inPython = await pythonContenders(folder, variables);
      const measurements = [
        ...(await measure('', inNode, nodeTargets, options)),
        ...(await measure(' in Python', inPython, pythonTargets, options)),
      ];
      return { measurements, notes };
    }),
};

const notes = [
  'Ours is the code that stands in template.yaml and template.python.yaml. All run in the same small runtime with the variables that Lambda sets, and ask dynalite through one relay that speaks TLS as AWS does.',
  'The handlers of the SDK, with and without Powertools, and of aws-lite are modules (.mjs), as in AWS’s samples; the SDK comes from node_modules, as in Lambda’s runtime, or bundled and minified by esbuild.',
  `Of others there are ${versionsIn('peers')} and ${requirementsIn('peers/requirements.txt')}.`,
  'Module load and first answer leave out the start of Node.js or Python, which is the same for all. CPU time and peak memory are of the whole process.',
];

type Quantities = Readonly<
  Record<string, { readonly figure: keyof ColdPath; readonly unit: Unit; readonly targets: Target[] }>
>;

const quantities = (sdk: string): Quantities => ({
  'start of the process to the first answer': { figure: 'wallMs', unit: 'ms', targets: [] },
  'module load and first answer': {
    figure: 'loadAndResponseMs',
    unit: 'ms',
    targets: [
      { against: sdk, ratio: 1 / 6 },
      { against: names.raw, ratio: 1.3 },
    ],
  },
  'CPU time': { figure: 'cpuMs', unit: 'ms', targets: [] },
  'peak memory': { figure: 'peakMemoryMb', unit: 'MB', targets: [{ against: sdk, ratio: 0.5 }] },
});
const nodeTargets = quantities(names.sdk);
const pythonTargets = quantities(names.boto3);

const measure = async (
  edition: string,
  contenders: readonly Contender[],
  wanted: Quantities,
  { rounds, onProgress }: SuiteOptions,
): Promise<Measurement[]> => {
  await createItems(contenders);
  const measurements: Measurement[] = [];
  for (const operation of ['GetItem', 'CreateItem'] as const) {
    onProgress(`${operation}${edition}`);
    const runs = contenders.map((contender) => {
      const run = async () => ({ ...(await measureColdPath(contender, operation)) });
      return [contender.name, run] as const;
    });
    const samples = await interleave(Object.fromEntries(runs), rounds);
    for (const [quantity, { figure, unit, targets }] of Object.entries(wanted)) {
      const values = valuesOf(samples, figure);
      measurements.push({
        quantity: `${operation}${edition}: ${quantity}`,
        unit,
        better: 'less',
        ours: names.ours,
        values,
        targets,
      });
    }
  }
  return measurements;
};
