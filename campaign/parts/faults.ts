import { disturbanceOf, type Fault, type Mode, modes } from '../faults/fault.ts';
import { faults as kinds } from '../faults/index.ts';
import { type Client, summary } from '../ground/client.ts';
import type { Deployment } from '../ground/deployment.ts';
import type { Ground } from '../ground/ground.ts';
import { inLanes, type Task } from '../lanes.ts';
import { type Operation, operations } from '../operations.ts';
import { judge } from '../oracle.ts';
import type { Context, Part, Row, Wrong } from '../part.ts';
import { createItem, readItem, sendPlain, warmUp } from './trial.ts';

interface Case extends Task {
  readonly operation: Operation;
  readonly fault: Fault;
  readonly mode: Mode;
  readonly subject: string;
}

export const faults: Part = {
  name: 'faults',
  title: `${kinds.length} kinds of faults between function and DynamoDB, in each operation, in the first attempt and in every attempt`,
  run: (context) => Promise.all(context.grounds.map((ground) => runOn(ground, context))),
};

const runOn = async (ground: Ground, context: Context): Promise<Row> => {
  const { short, signal, onProgress } = context;
  const cases = casesFor(context);
  const undisturbed = await ground.undisturbed();
  const lanes = await ground.lanes(Math.min(short ? 6 : 20, cases.length));
  const wrong: Wrong[] = [];
  let slowest = 0;
  let begun = 0;
  let tried = 0;
  await inLanes(cases, lanes, signal, async (one, lane) => {
    const { ms, why } = await runCase(one, lane, ground, undisturbed.client, `faults-${begun++}`);
    slowest = Math.max(slowest, ms);
    if (why.length > 0) wrong.push({ subject: one.subject, why: why.join('; ') });
    if (++tried % 100 === 0) onProgress(`${ground.edition}: ${tried} of ${cases.length}`);
  });
  return { part: 'faults', edition: ground.edition, tried: `${tried} faulty requests`, wrong, slowest };
};

/**
 * Returns all cases in random order, so that slow ones are distributed over the lanes. A short run has each fault once, and a few
 * cases with a fault in every attempt, which take 10 s if the function retries.
 */
const casesFor = ({ random, short, match }: Context): Case[] => {
  const all = kinds.flatMap((fault) =>
    modes.flatMap((mode) =>
      operations
        .filter(({ writes }) => writes || !fault.writesOnly)
        .map((operation) => ({
          operation,
          function: operation.function,
          fault,
          mode,
          subject: `${operation.name}; ${fault.name}; ${mode}`,
        })),
    ),
  );
  const chosen = random.shuffled(all.filter(({ subject }) => subject.includes(match)));
  if (!short || match !== '') return chosen;
  const once = Map.groupBy(
    chosen.filter(({ mode }) => mode === 'once'),
    ({ fault }) => fault,
  );
  const always = chosen.filter(({ mode }) => mode === 'always').slice(0, 12);
  return random.shuffled([...[...once.values()].flatMap(([first]) => first ?? []), ...always]);
};

interface Result {
  readonly ms: number;
  /** The reasons why the case is wrong. */
  readonly why: readonly string[];
}

const runCase = async (one: Case, lane: Deployment, ground: Ground, undisturbed: Client, id: string): Promise<Result> => {
  const { operation, fault, mode } = one;
  const creates = operation.action === 'PutItem';
  const lists = operation.action === 'Scan';
  const before = creates || lists ? undefined : await createItem(undisturbed, id, `before ${id}`);
  await warmUp(operation.function, lane, undisturbed, `${id}-first`);

  const content = `after ${id}`;
  const request = operation.request({ id, tag: before?.tag ?? '', content, bodyBytes: fault.bodyBytes });
  lane.proxy.disturb(disturbanceOf(fault, mode));
  const response = await lane.client.send(request);
  const attempts = await lane.proxy.rest();

  const why: string[] = [];
  const ids = new Set(attempts.flatMap((attempt) => attempt.id ?? []));
  if (creates && ids.size > 1) why.push(`the attempts had ${ids.size} ids`);
  const [ownId = id] = ids;
  const after = lists ? undefined : await readItem(undisturbed, ownId);
  const stored = lists ? undefined : await ground.database.read(ownId);
  if ((stored === undefined) !== (after === undefined) || (after && !JSON.stringify(stored).includes(after.content)))
    why.push('the API returns another item than the table has');
  const ifMatch = operation.name.endsWith('If-Match') ? before?.tag : undefined;
  const verdict = judge({ operation, fault, response, attempts, before, after, content, ifMatch });
  if (verdict !== undefined) why.push(verdict);

  // A fault must not affect the next request of the function. 503 is correct if the fault has broken the connection.
  const next = await sendPlain(operation.function, lane, undisturbed, `${id}-next`);
  if (next && next.status !== 503) why.push(`the next request, without a fault: ${summary(next)}`);
  return { ms: response.ms, why };
};
