import { type ColdPath, createItems, measureColdPath } from '../cold-path.ts';
import { type Contender, names, nodeContenders, pythonContenders } from '../contenders.ts';
import { type CpuQuota, createCpuQuota } from '../cpu-quota.ts';
import { onGround } from '../ground.ts';
import { interleave, valuesOf } from '../interleave.ts';
import type { Measurement, Suite, SuiteOptions } from '../measurement.ts';

/** Lambda gives a whole core for 1,769 MB, and a share of it for less. */
const share = 256 / 1769;

/** The cold path with the CPU that Lambda gives a function of 256 MB. */
export const quota: Suite = {
  name: 'quota',
  title: 'Cold path with the CPU of a function of 256 MB: all of it while the handler is loaded, then 14 % of a core',
  run: async (options) => {
    const cpuQuota = createCpuQuota(share);
    if ('whyNot' in cpuQuota) return { measurements: [], notes: [`Not measured: ${cpuQuota.whyNot}`] };
    process.once('exit', cpuQuota.remove);
    try {
      return await onGround(async ({ folder, variables }) => {
        const wanted = ({ name }: Contender): boolean => name !== names.empty && (!options.short || inShort.has(name));
        const inNode = (await nodeContenders(folder, variables)).filter(wanted);
        const inPython = (await pythonContenders(folder, variables)).filter(wanted);
        const measurements = [
          ...(await measure('', inNode, cpuQuota, options)),
          ...(await measure(' in Python', inPython, cpuQuota, options)),
        ];
        return { measurements, notes };
      });
    } finally {
      process.off('exit', cpuQuota.remove);
      cpuQuota.remove();
    }
  },
};

const inShort: ReadonlySet<string> = new Set([names.ours, names.sdk, names.boto3, names.raw]);

const notes = [
  'Lambda does not limit INIT: the limit begins when the handler is loaded, and the event comes right after. What is done in INIT costs the client least.',
  'Ours, in both languages, waits in INIT for a first answer of DynamoDB, which takes the connection, its keys and the code that it needs with it.',
  `What the connection opened in INIT saves shows between “${names.raw}” and “${names.connected}”, which differ in nothing else.`,
];

const quantities = {
  'event to the first answer': 'responseMs',
  'start of the process to the first answer': 'wallMs',
} as const satisfies Record<string, keyof ColdPath>;

const measure = async (
  edition: string,
  contenders: readonly Contender[],
  cpuQuota: CpuQuota,
  { rounds, short, onProgress }: SuiteOptions,
): Promise<Measurement[]> => {
  await createItems(contenders);
  const measurements: Measurement[] = [];
  for (const operation of short ? (['GetItem'] as const) : (['GetItem', 'CreateItem'] as const)) {
    onProgress(`${operation}${edition}`);
    const runs = contenders.map((contender) => {
      const run = async () => ({ ...(await measureColdPath(contender, operation, cpuQuota.limit)) });
      return [contender.name, run] as const;
    });
    const samples = await interleave(Object.fromEntries(runs), rounds);
    for (const [quantity, figure] of Object.entries(quantities)) {
      const values = valuesOf(samples, figure);
      measurements.push({
        quantity: `${operation}${edition}: ${quantity}`,
        unit: 'ms',
        better: 'less',
        ours: names.ours,
        values,
      });
    }
  }
  return measurements;
};
