import { type Contender, names, nodeContenders } from '../contenders.ts';
import { eventOf, type OperationName } from '../events.ts';
import { onGround } from '../ground.ts';
import type { Measurement, Suite } from '../measurement.ts';
import type { Count } from '../relay.ts';
import { type Environment, startEnvironment } from '../runtime/environment.ts';

const operationNames = ['CreateItem', 'GetItem', 'UpdateItem', 'ListItems', 'DeleteItem'] as const;

/**
 * Measures the cost of a request in DynamoDB, which reports it in its responses. It is the same each time, so one round is
 * enough.
 */
export const capacity: Suite = {
  name: 'capacity',
  title: 'DynamoDB calls and consumed capacity of a request, on items of almost 1 KB and a page of 25',
  run: async ({ onProgress }) => {
    const counts = new Map<string, Count[]>();
    for (const name of [names.ours, names.sdk]) {
      onProgress(name);
      // Each contender has its own ground, so that a page has only items in its format.
      counts.set(name, await countOperations(name));
    }
    const measurements = operationNames.flatMap((operation, index): Measurement[] => {
      const values = (figure: keyof Count): Record<string, number[]> =>
        Object.fromEntries([...counts].map(([name, list]) => [name, [list[index]?.[figure] ?? Number.NaN]]));
      const common = { better: 'less', ours: names.ours } as const;
      return [
        {
          ...common,
          quantity: `${operation}: DynamoDB calls`,
          unit: 'calls',
          values: { ...values('calls'), 'one call': [1] },
          targets: [{ against: 'one call', ratio: 1 }],
        },
        { ...common, quantity: `${operation}: consumed capacity`, unit: 'capacity units', values: values('capacityUnits') },
      ];
    });
    return { measurements, notes };
  },
};

const notes = [
  'Ours keeps a version, two times and the mark of the last request with an item, some 200 bytes: where they make it longer than the next whole KB, a write takes one unit more.',
  'The samples’ handlers read an item before they write it anew, and delete without looking whether it is there. Their reads are eventually consistent, which costs half; ours are consistent, so that clients read what they wrote.',
];

const countOperations = (name: string): Promise<Count[]> =>
  onGround(async ({ folder, variables, relay }) => {
    const contender = (await nodeContenders(folder, variables)).all.find((candidate) => candidate.name === name);
    if (contender === undefined) throw new Error(`there is no contender ${name}`);
    const ids = Array.from({ length: 25 }, (_, index) => `item-${index}`);
    await running(contender, 'CreateItem', async (creating) => {
      for (const id of ids) await invoke(creating, eventOf('CreateItem', id));
    });
    const counts: Count[] = [];
    for (const operation of operationNames) {
      await running(contender, operation, async (environment) => {
        await environment.loadMs;
        relay.count();
        await invoke(environment, eventOf(operation, operation === 'CreateItem' ? 'item-25' : 'item-0'));
        counts.push(relay.count());
      });
    }
    return counts;
  });

const running = async (
  { start }: Contender,
  operation: OperationName,
  work: (environment: Environment) => Promise<void>,
): Promise<void> => {
  const environment = startEnvironment(start(operation));
  try {
    await work(environment);
  } finally {
    await environment.stop();
  }
};

const invoke = async (environment: Environment, event: object): Promise<void> => {
  const { result } = await environment.invoke(event);
  if (result.statusCode >= 300) throw new Error(`a function answered with ${JSON.stringify(result)}`);
};
