import { afterAll, describe, expect, it } from 'vitest';
import { createFixture, type Fixture } from '../twin/lambda/fixture.ts';
import { client, runtimes } from './client.ts';
import { type Answer, type RuntimeCase, runtimeCases } from './runtime-cases.ts';

const ours = createFixture();
const theirs = createFixture({ runtimes });
afterAll(() => Promise.all([ours.lambda.stop(), theirs.lambda.stop()]));

describe('our client and the one of AWS answer alike', () => {
  it.each(Object.entries(runtimeCases))('%s', async (name, runtimeCase) => {
    const [own, other] = await Promise.all([run(ours, name, runtimeCase), run(theirs, name, runtimeCase)]);
    const { difference } = runtimeCase;
    if (difference === undefined) expect(own).toEqual(other);
    else {
      // Declared, so that a difference that is gone is noticed as well as a new one.
      expect(own.answers).toEqual([difference.ours, difference.ours]);
      expect(other.answers).toEqual([difference.theirs, difference.theirs]);
    }
  });
});

interface Run {
  readonly answers: readonly Answer[];
  /** Number of environments that it took. */
  readonly started: number;
}

/** Invokes a function twice: the second answer tells what became of the environment. */
const run = async (
  { create, invoke, events }: Fixture,
  name: string,
  { code, event, configuration }: RuntimeCase,
): Promise<Run> => {
  const functionName = name.replaceAll(/\W/g, '-');
  const arn = create(functionName, code, configuration);
  const answers = [comparable(await invoke(arn, event)), comparable(await invoke(arn, event))];
  const started = events.filter(({ kind, functionName: of }) => kind === 'started' && of === functionName).length;
  return { answers, started };
};

/** Without what is another each time: ids, folders, and stack traces, which show the client itself. */
const comparable = (answer: Answer): Answer => {
  const replaceMember = (key: string, value: unknown): unknown => {
    if (key === 'trace') return undefined;
    if (typeof value !== 'string') return value;
    return value.length > 10_000 ? `${value.length} characters` : replaceText(value);
  };
  return JSON.parse(JSON.stringify(answer, replaceMember));
};

const replaceText = (text: string): string =>
  text
    .replaceAll(client, 'CLIENT')
    .replaceAll(/[^\s']*\/runs\/[\d-]+\w+\/[\w-]+/g, 'ROOT')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/(Root|Parent)=[-0-9a-f]+/g, '$1=ID')
    .replaceAll(/\][0-9a-f]{32}$/g, ']ID');
