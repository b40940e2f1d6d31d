import { disturbanceOf } from '../faults/fault.ts';
import { faults } from '../faults/index.ts';
import { seconds } from '../ground/client.ts';
import type { Deployment } from '../ground/deployment.ts';
import type { Ground } from '../ground/ground.ts';
import { describe, itemModel } from '../history/item-model.ts';
import { check } from '../history/linearizability.ts';
import { createRecorder, type Recorder, requestFor, type Step, type Version, versionIn } from '../history/recorder.ts';
import { type Context, type Part, type Row, timeLimit, type Wrong } from '../part.ts';
import type { Disturbance } from '../proxy/proxy.ts';
import type { Random } from '../random.ts';

/** Number of clients in a round. */
const clients = 6;
const items = 3;
const operationsPerClient = 12;

/** Fast faults of a single call that do not give a function a false state of the item. */
const eligible = faults.filter(
  ({ slow, ours, believable, calls, applied, notApplied }) =>
    !slow && !ours && !believable && calls === undefined && (applied || notApplied),
);

export const histories: Part = {
  name: 'histories',
  title: `histories of ${clients} concurrent clients on ${items} items, checked for linearizability, without faults and with a fault in every fifth call`,
  run: (context) => Promise.all(context.grounds.map((ground) => runOn(ground, context))),
};

const runOn = async (ground: Ground, { random, short, match, signal, onProgress }: Context): Promise<Row> => {
  const undisturbed = await ground.undisturbed();
  const [lane = undisturbed] = await ground.lanes(1);
  const wrong: Wrong[] = [];
  let tried = 0;
  let slowest = 0;
  for (const subject of ['without faults', 'with faults']) {
    if (!subject.includes(match)) continue;
    for (let round = 0; round < (short ? 2 : 10) && !signal.aborted; round++) {
      const source = random.fork(`${ground.edition} ${subject} ${round}`);
      if (subject === 'with faults') lane.proxy.disturb(everyFifth(source));
      const names = Array.from({ length: items }, (_, index) => `${subject.replace(' ', '-')}-${round}-${index}`);
      const recorders = await runRound(names, lane, undisturbed, source);
      for (const [index, recorder] of recorders.entries()) {
        tried += recorder.operations.length;
        slowest = Math.max(slowest, recorder.slowest);
        const why = reasonAgainst(recorder);
        if (why !== undefined) wrong.push({ subject: `${subject}; item ${names[index]}`, why });
      }
    }
    onProgress(`${ground.edition}: ${tried} operations`);
  }
  if (slowest > timeLimit) wrong.push({ subject: 'time', why: `a response took ${seconds(slowest)}` });
  return { part: 'histories', edition: ground.edition, tried: `${tried} operations`, wrong, slowest };
};

const everyFifth = (random: Random): Disturbance => ({
  call: (call) => (random.chance(0.2) ? disturbanceOf(random.pick(eligible), 'once').call?.(call) : undefined),
});

const runRound = async (
  names: readonly string[],
  lane: Deployment,
  undisturbed: Deployment,
  random: Random,
): Promise<readonly Recorder[]> => {
  const recorded = names.map((id) => ({ id, recorder: createRecorder() }));
  const runClient = async (name: string, source: Random): Promise<void> => {
    /** For each item, the version that this client saw last. */
    const versions = new Map<string, Version>();
    for (let index = 0; index < operationsPerClient; index++) {
      const { id, recorder } = source.pick(recorded);
      const step = nextStep(source, `${name}-${index}`, versions.get(id));
      const version = versionIn(await recorder.perform(name, lane.client, step, requestFor(id, step)));
      if (version) versions.set(id, version);
    }
  };
  const sources = Array.from({ length: clients }, (_, index) => [`c${index}`, random.fork(`client ${index}`)] as const);
  await Promise.all(sources.map(([name, source]) => runClient(name, source)));
  await lane.proxy.rest();
  for (const { id, recorder } of recorded)
    await recorder.perform('final', undisturbed.client, { kind: 'read' }, requestFor(id, { kind: 'read' }));
  return recorded.map(({ recorder }) => recorder);
};

/**
 * Returns the next step. Half of the updates and deletes of an item that the client has seen have an If-Match header with the
 * version seen last.
 */
const nextStep = (random: Random, content: string, version: Version | undefined): Step => {
  const onlyIf = random.chance(0.5) ? version : undefined;
  switch (random.pick(['create', 'create', 'read', 'update', 'update', 'update', 'delete'] as const)) {
    case 'create':
      return { kind: 'create', content };
    case 'read':
      return { kind: 'read' };
    case 'update':
      return { kind: 'update', content, onlyIf };
    case 'delete':
      return { kind: 'delete', onlyIf };
  }
};

const reasonAgainst = ({ operations }: Recorder): string | undefined => {
  const { linearizable, explained } = check(operations, itemModel);
  if (linearizable) return undefined;
  if (linearizable === undefined) return `${operations.length} operations are too many to decide`;
  const rest = operations.filter((operation) => operation.returned !== undefined && !explained.includes(operation));
  return `not linearizable: the longest valid order has ${explained.length} of ${operations.length} operations; the next ones are ${describe(rest.slice(0, 3))}`;
};
