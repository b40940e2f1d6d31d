import http, { type Agent } from 'node:http';
import { percentile } from './percentile.ts';

/** Something to ask a server. */
export interface Question {
  readonly method: string;
  /** Beneath the invoke URL. */
  readonly path: string;
  readonly body?: string;
  /** Status of the response if all is well. */
  readonly status: number;
}

/** A connection that is kept, or several. Whoever opens it closes it. */
export const connections = (count: number): Agent => new http.Agent({ keepAlive: true, maxSockets: count });

/** Asks once; the milliseconds until the answer is here. Rejects if it is another than expected. */
export const ask = async (url: string, question: Question, agent?: Agent): Promise<number> => {
  const startedAt = performance.now();
  await read(url, question, agent);
  return performance.now() - startedAt;
};

/** Asks once, for the text of the answer. */
export const read = (url: string, { method, path, body, status }: Question, agent?: Agent): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers =
      body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    http
      .request(url + path, { method, headers, ...(agent && { agent }) }, (response) => {
        let text = '';
        response
          .setEncoding('utf8')
          .on('data', (chunk: string) => {
            text += chunk;
          })
          .on('error', reject)
          .on('end', () => {
            if (response.statusCode === status) resolve(text);
            else reject(new Error(`${url}${path} was answered with ${response.statusCode} ${text.slice(0, 300)}`));
          });
      })
      .on('error', reject)
      .end(body);
  });

/** Result of many requests. */
export interface Answers {
  readonly medianMs: number;
  readonly requestsPerSecond: number;
}

/** Asks so often, on so many connections at once. */
export const load = async (url: string, questionOf: () => Question, count: number, parallel: number): Promise<Answers> => {
  const agent = connections(parallel);
  const durations: number[] = [];
  let left = count;
  const one = async (): Promise<void> => {
    while (left-- > 0) durations.push(await ask(url, questionOf(), agent));
  };
  const startedAt = performance.now();
  try {
    await Promise.all(Array.from({ length: parallel }, one));
  } finally {
    agent.destroy();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return { medianMs: percentile(durations, 50), requestsPerSecond: count / seconds };
};
