import { createItems, measureColdPath } from '../cold-path.ts';
import { type Contender, names, nodeContenders, pythonContenders } from '../contenders.ts';
import { type CpuQuota, createCpuQuota } from '../cpu-quota.ts';
import { onGround } from '../ground.ts';
import { interleave } from '../interleave.ts';
import type { Measurement, Suite, SuiteOptions } from '../measurement.ts';
import { measurementsOf, type Quantities } from '../quantities.ts';

/** The functions' memory in MB. Lambda gives a share of a core in proportion to it; 1,769 MB have a whole core. */
const memorySize = 256;
const share = memorySize / 1769;

/** Measures the cold path with the CPU of a Lambda function with 256 MB. */
export const quota: Suite = {
  name: 'quota',
  title: `Cold path with the CPU of a function of ${memorySize} MB: a core while the handler is loaded, then ${Math.round(share * 100)} % of one`,
  run: async (options) => {
    const cpuQuota = createCpuQuota(share);
    if ('whyNot' in cpuQuota) return { measurements: [], notes: [`Not measured: ${cpuQuota.whyNot}`] };
    process.once('exit', cpuQuota.remove);
    try {
      return await onGround(async ({ folder, variables }) => {
        const wanted = ({ name }: Contender): boolean => name !== names.empty && (!options.short || inShort.has(name));
        const inNode = (await nodeContenders(folder, variables)).all.filter(wanted);
        const inPython = (await pythonContenders(folder, variables)).all.filter(wanted);
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
  'INIT has [a whole core](https://serverlessland.com/content/service/lambda/guides/effectively-running-java-on-serverless/init-heavy-lifting), unless concurrency is provisioned: the limit begins when the handler is loaded, and the event comes right after. What is done in INIT costs the client least.',
  'The limit is of 2.9 ms in each 20 ms: whether a first answer needs a little more or less than that of CPU makes much of its time, so that single values lie far apart.',
  'Ours, in both languages, waits in INIT for a first answer of DynamoDB, which takes the connection, its keys and the code that it needs with it.',
  `What the connection opened in INIT saves shows between “${names.raw}” and “${names.connected}”, which differ in nothing else.`,
];

const quantities: Quantities = {
  responseMs: { quantity: 'event to the first answer', unit: 'ms' },
  responseCpuMs: { quantity: 'CPU time of the first answer', unit: 'ms' },
  wallMs: { quantity: 'start of the process to the first answer', unit: 'ms' },
};

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
      const { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: size } = contender.start(operation).variables;
      if (size !== String(memorySize)) throw new Error(`the functions have ${size} MB: say so in bench/suites/quota.ts`);
      return [contender.name, () => measureColdPath(contender, operation, cpuQuota.limit)] as const;
    });
    const samples = await interleave(Object.fromEntries(runs), rounds);
    measurements.push(...measurementsOf(quantities, samples, names.ours, `${operation}${edition}: `));
  }
  return measurements;
};
