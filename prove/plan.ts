import { problemType } from '../src/contract/problems.ts';
import { deletionFacts, liveFacts, type Observation, observe } from './facts/index.ts';
import { json } from './facts/request.ts';
import { items } from './items.ts';
import type { Proof } from './proof.ts';
import type { Step } from './steps.ts';
import { until } from './until.ts';

const origin = 'https://proof.example';
const otherOrigin = 'https://other.example';
const allowedOrigins = ['--parameter', `AllowedOrigins=${origin}`] as const;

/** Returns the steps of the proof, in order. */
export const proving = (proof: Proof): readonly Step[] => [
  {
    title: 'create the stack, TypeScript edition',
    minutes: [4, 8],
    run: async (signal) => {
      await proof.deploy(signal, '--edition', 'typescript');
      return undefined;
    },
  },
  { title: 'verify the API', minutes: [3, 8], run: (signal) => proof.verify(signal, 'TypeScript') },
  {
    title: 'compare the account with the facts of the project',
    minutes: [1, 5],
    run: async (signal) => {
      proof.observations.push(...(await observe(liveFacts, proof.site(signal), print)));
      return counts(proof.observations);
    },
  },
  {
    title: 'change a parameter: AllowedOrigins',
    minutes: [1, 4],
    run: async (signal) => {
      await keepItem(proof);
      await proof.deploy(signal, '--edition', 'typescript', ...allowedOrigins);
      return visible(proof, signal, 'the change of AllowedOrigins', async () => {
        const [own, other] = await Promise.all([origin, otherOrigin].map((name) => allowedBy(proof, name)));
        return own === origin && other === undefined;
      });
    },
  },
  {
    title: 'change a model: price is a number',
    minutes: [1, 4],
    run: async (signal) => {
      if (await rejectsPrice(proof))
        throw new Error('a price that is a text is rejected before the model asks for a number');
      await proof.deploy(signal, '--template', proof.workspace.changed, ...allowedOrigins);
      return visible(proof, signal, 'the change of the model', () => rejectsPrice(proof));
    },
  },
  {
    title: 'switch to the Python edition',
    minutes: [2, 5],
    run: async (signal) => {
      await keepItem(proof);
      await proof.deploy(signal, '--edition', 'python', ...allowedOrigins);
      const { kept } = proof;
      const { status, text, headers } = await proof.send({ path: `/items/${kept?.id}` });
      if (status !== 200 || text !== kept?.text || headers.etag !== kept.tag)
        throw new Error(`an item of the other edition is not as it was: ${status} ${text}, it was ${kept?.text}`);
      return 'an item of the other edition is read as it was, with its entity tag';
    },
  },
  {
    title: 'verify the API again',
    minutes: [3, 8],
    run: (signal) => proof.verify(signal, 'Python', '--origin', origin),
  },
];

/** Returns the steps that delete the stack, which run after success and after a failure. */
export const cleaningUp = (proof: Proof): readonly Step[] => [
  { title: 'delete the stack', minutes: [20, 40], run: (signal) => proof.destroy(signal) },
  {
    title: 'check that nothing is left',
    minutes: [0, 1],
    run: async (signal) => {
      const { directory, environment } = proof.workspace;
      await items(['destroy', environment], { directory, signal });
      return undefined;
    },
  },
  {
    title: 'compare what remains with the facts of the project',
    minutes: [0, 1],
    run: async (signal) => {
      if (proof.observations.length === 0) return 'nothing was compared before';
      proof.observations.push(...(await observe(deletionFacts, proof.site(signal), print)));
      return counts(proof.observations);
    },
  },
];

const print = ({ name, verdict, observed, expected }: Observation): void => {
  const difference =
    verdict === 'differs' ? `: ${observed}, not ${expected}` : observed && verdict !== 'same' ? `: ${observed}` : '';
  console.log(`${verdict.padEnd(19)} ${name}${difference}`);
};

const counts = (observations: readonly Observation[]): string =>
  (['same', 'differs', 'not observable here'] as const)
    .map((verdict) => `${observations.filter((one) => one.verdict === verdict).length} ${verdict}`)
    .join(', ');

/** Creates and reads an item. It must be the same after the changes that follow. */
const keepItem = async (proof: Proof): Promise<void> => {
  if (proof.kept) return;
  const created = await proof.send({ method: 'POST', path: '/items', headers: json, body: '{"name":"kept","price":12.50}' });
  if (created.status !== 201) throw new Error(`an item cannot be created: ${created.status} ${created.text}`);
  const { id } = JSON.parse(created.text) as { id: string };
  const { text, headers } = await proof.send({ path: `/items/${id}` });
  proof.kept = { id, text, tag: String(headers.etag) };
};

/** Returns the origin that a response allows for a page of `name`. */
const allowedBy = async (proof: Proof, name: string): Promise<unknown> => {
  const { headers } = await proof.send({ path: '/items?limit=1', headers: { origin: name } });
  return headers['access-control-allow-origin'];
};

/** Returns true if the gateway rejects an item whose price is a text. Throws if it rejects one whose price is a number. */
const rejectsPrice = async (proof: Proof): Promise<boolean> => {
  const post = { method: 'POST', path: '/items', headers: { ...json, origin } };
  const number = await proof.send({ ...post, body: '{"price":2}' });
  if (number.status !== 201) throw new Error(`a price that is a number is rejected: ${number.status} ${number.text}`);
  const { status, text } = await proof.send({ ...post, body: '{"price":"much"}' });
  return status === 400 && text.includes(problemType('invalid-body'));
};

/** Waits until a change is visible over HTTP. */
const visible = async (
  { patience }: Proof,
  signal: AbortSignal,
  what: string,
  isThere: () => Promise<boolean>,
): Promise<string> => {
  const after = await until(isThere, { patience, signal });
  if (after === undefined) throw new Error(`${what} does not show over HTTP within ${patience / 1000} s of the deployment`);
  return `shows over HTTP ${Math.round(after / 1000)} s after the deployment`;
};
