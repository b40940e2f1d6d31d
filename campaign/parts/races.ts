import { disturbanceOf, type Fault } from '../faults/fault.ts';
import { faults } from '../faults/index.ts';
import { type Client, type Response, seconds } from '../ground/client.ts';
import type { Deployment } from '../ground/deployment.ts';
import type { Ground } from '../ground/ground.ts';
import { describe, itemModel } from '../history/item-model.ts';
import { check } from '../history/linearizability.ts';
import { createRecorder, requestFor, type Step, versionIn } from '../history/recorder.ts';
import { inLanes, type Task } from '../lanes.ts';
import { type Operation, operations } from '../operations.ts';
import { type Context, type Part, type Row, timeLimit, type Wrong } from '../part.ts';
import { warmUp } from './trial.ts';

/** The operations of another client between an attempt and its retry. */
const interventions: Readonly<Record<string, readonly Step['kind'][]>> = {
  'another updates': ['update'],
  'another deletes': ['delete'],
  'another creates': ['create'],
  'another deletes and creates': ['delete', 'create'],
};

interface Race extends Task {
  readonly operation: Operation;
  readonly fault: Fault;
  readonly intervention: readonly Step['kind'][];
  readonly subject: string;
}

const uncertain = faults.filter((fault) => fault.uncertain && (fault.applied || fault.notApplied));
const writing = operations.filter(({ writes }) => writes);

/**
 * Another client receives its responses while the function does not yet know that its first attempt failed. A race is wrong if
 * the history of both clients and a final read is not linearizable. A retry has then undone the work of the other client, or
 * reported the function's own work as not done.
 */
export const races: Part = {
  name: 'races',
  title: `writes of another client between an attempt with an uncertain outcome and its retry, for ${uncertain.length} kinds of faults`,
  run: (context) => Promise.all(context.grounds.map((ground) => runOn(ground, context))),
};

const runOn = async (ground: Ground, context: Context): Promise<Row> => {
  const { short, signal, onProgress } = context;
  const chosen = racesFor(context);
  const undisturbed = await ground.undisturbed();
  const lanes = await ground.lanes(Math.min(short ? 6 : 20, chosen.length));
  const wrong: Wrong[] = [];
  let slowest = 0;
  let begun = 0;
  let tried = 0;
  await inLanes(chosen, lanes, signal, async (race, lane) => {
    const result = await runRace(race, lane, undisturbed.client, `races-${begun++}`);
    slowest = Math.max(slowest, result.slowest);
    if (result.why !== undefined) wrong.push({ subject: race.subject, why: result.why });
    if (++tried % 100 === 0) onProgress(`${ground.edition}: ${tried} of ${chosen.length}`);
  });
  return { part: 'races', edition: ground.edition, tried: `${tried} races`, wrong, slowest };
};

/** Returns two random interventions for each operation and fault. A short run has a sample of the fast ones. */
const racesFor = ({ random, short, match }: Context): Race[] => {
  const all = uncertain.flatMap((fault) =>
    writing.flatMap((operation) =>
      random
        .shuffled(Object.entries(interventions))
        .slice(0, match === '' ? 2 : undefined)
        .map(([name, intervention]) => ({
          operation,
          function: operation.function,
          fault,
          intervention,
          subject: `${operation.name}; ${fault.name}; ${name}`,
        })),
    ),
  );
  const chosen = random.shuffled(all.filter(({ subject }) => subject.includes(match)));
  return short && match === '' ? chosen.filter(({ fault }) => !fault.slow).slice(0, 40) : chosen;
};

interface Result {
  readonly slowest: number;
  readonly why: string | undefined;
}

const runRace = async (race: Race, lane: Deployment, undisturbed: Client, name: string): Promise<Result> => {
  const { operation, fault, intervention } = race;
  const recorder = createRecorder();
  // With an Idempotency-Key, the id of the item is known from the first attempt.
  let id = name;
  const other = (step: Step): Promise<Response> => recorder.perform('other', undisturbed, step, requestFor(id, step));

  const creates = operation.action === 'PutItem';
  const before = creates ? undefined : versionIn(await other({ kind: 'create', content: 'first' }));
  await warmUp(operation.function, lane, undisturbed, `${name}-first`);

  const between = async (call: { readonly id: string | undefined }): Promise<void> => {
    id = call.id ?? id;
    for (const kind of intervention)
      await other(kind === 'create' || kind === 'update' ? { kind, content: 'theirs' } : { kind });
  };
  lane.proxy.disturb(disturbanceOf(fault, 'once', between));
  const content = 'ours';
  const onlyIf = operation.name.endsWith('If-Match') ? before : undefined;
  const step: Step =
    operation.action === 'DeleteItem'
      ? { kind: 'delete', onlyIf }
      : { kind: creates ? 'create' : 'update', content, onlyIf };
  await recorder.perform('we', lane.client, step, operation.request({ id, tag: before?.tag ?? '', content }));
  await lane.proxy.rest();
  await other({ kind: 'read' });

  const { operations: history, slowest } = recorder;
  if (!check(history, itemModel).linearizable) return { slowest, why: `not linearizable: ${describe(history)}` };
  return { slowest, why: slowest > timeLimit ? `a response took ${seconds(slowest)}` : undefined };
};
