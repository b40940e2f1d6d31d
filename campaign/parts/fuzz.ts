import fc from 'fast-check';
import { type Comparable, comparable, difference } from '../fuzz/alike.ts';
import { type Draft, sessions } from '../fuzz/requests.ts';
import { type Client, json, type Response, seconds, summary } from '../ground/client.ts';
import type { Deployment } from '../ground/deployment.ts';
import { type Part, type Row, timeLimit, type Wrong } from '../part.ts';

/** Number of sessions that run at the same time. */
const parallel = 4;

export const fuzz: Part = {
  name: 'fuzz',
  title: 'random requests, valid and invalid: never a 5xx, always a response, and the same response from both editions',
  async run({ grounds, random, short, signal, match, onProgress }): Promise<readonly Row[]> {
    const deployments = await Promise.all(grounds.map((ground) => ground.undisturbed()));
    const all = fc.sample(sessions, { seed: random.below(2 ** 31), numRuns: short ? 50 : 800 });
    const wrong: Wrong[] = [];
    let tried = 0;
    let slowest = 0;
    let next = 0;
    let cutShort = 0;
    const work = async (): Promise<void> => {
      while (next < all.length && !signal.aborted) {
        const index = next++;
        const name = `session ${index}`;
        if (match !== '' && match !== name) continue;
        const result = await runSession(all[index] ?? [], deployments, `fuzz-${index}-`);
        tried += result.tried;
        slowest = Math.max(slowest, result.slowest);
        if (result.isCutShort) cutShort++;
        for (const { subject, why } of result.wrong) wrong.push({ subject: `${name}; ${subject}`, why });
        if (next % 200 === 0) onProgress(`${next} of ${all.length} sessions`);
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    const [only, other] = grounds;
    const edition = only && other === undefined ? only.edition : 'both';
    if (cutShort > 0) onProgress(`${cutShort} sessions were cut short because the database was too slow`);
    return [{ part: 'fuzz', edition, tried: `${tried} requests`, wrong, slowest }];
  },
};

interface SessionResult {
  readonly tried: number;
  readonly slowest: number;
  readonly wrong: readonly Wrong[];
  /** True if a response was 503 because the database was slow. The editions cannot be compared from then on. */
  readonly isCutShort?: true;
}

const runSession = async (
  session: readonly Draft[],
  deployments: readonly Deployment[],
  own: string,
): Promise<SessionResult> => {
  const senders = deployments.map(({ client }) => createSender(client, own));
  const wrong: Wrong[] = [];
  let slowest = 0;
  for (const [index, draft] of session.entries()) {
    const begin = performance.now();
    const results = await Promise.all(senders.map((send) => send(draft)));
    const isUnavailable = results.some(({ response }) => response.status === 503);
    if (isUnavailable && deployments.some(({ proxy }) => proxy.slowCalls.since(begin)))
      return { tried: index, slowest, wrong, isCutShort: true };
    const subject = `request ${index + 1}: ${describe(draft)}`;
    for (const { response } of results) {
      slowest = Math.max(slowest, response.ms);
      const why = faultOf(response);
      if (why !== undefined) wrong.push({ subject, why });
    }
    const [one, other] = results;
    const unequal = one && other && difference(one.comparable, other.comparable);
    if (unequal !== undefined) wrong.push({ subject, why: `the editions differ in ${unequal}` });
    // Later responses could differ for the same reason.
    if (wrong.length > 0) return { tried: index + 1, slowest, wrong };
  }
  return { tried: session.length, slowest, wrong };
};

const faultOf = (response: Response): string | undefined => {
  if (response.status === undefined) return `no response: ${response.text}`;
  if (response.ms > timeLimit) return `the response took ${seconds(response.ms)}`;
  return response.status >= 500 ? summary(response) : undefined;
};

/**
 * Returns a function that sends the requests of a session to one edition. It replaces their placeholders with values from earlier
 * responses.
 */
const createSender = (client: Client, own: string) => {
  let last = `${own}none`;
  let tag = '"none"';
  const fill = (text: string): string => text.replaceAll('{own}', own).replaceAll('{last}', last).replaceAll('{tag}', tag);
  return async ({ method, path, headers, body }: Draft): Promise<{ response: Response; comparable: Comparable }> => {
    const response = await client.send({
      method,
      // Node.js does not send other characters, and clients encode them.
      path: fill(path).replace(/[^\x21-\x7e]/g, encodeURIComponent),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, asBytes(fill(value))])),
      ...(body && { body: Buffer.from(fill(body.toString('latin1')), 'latin1') }),
    });
    const { etag } = response.headers;
    if (etag !== undefined) tag = etag;
    const { id } = json(response);
    if (response.status === 201 && typeof id === 'string') last = id;
    const isPage = method === 'GET' && /^\/items(\?|$)/.test(path);
    return { response, comparable: comparable(response, isPage) };
  };
};

/** Converts a header value to the form that Node.js requires for UTF-8: one character for each byte. */
const asBytes = (value: string): string => Buffer.from(value).toString('latin1');

const describe = ({ method, path, headers, body }: Draft): string => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.slice(0, 40)}`);
  const content = body && JSON.stringify(body.toString().slice(0, 120));
  return [`${method} ${path.slice(0, 60)}`, ...lines, content].filter(Boolean).join(' ');
};
