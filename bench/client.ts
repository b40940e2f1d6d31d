import http, { type Agent } from 'node:http';
import { percentile } from './percentile.ts';

/** A request for a server. */
export interface Question {
  readonly method: string;
  /** Path relative to the invoke URL. */
  readonly path: string;
  readonly body?: string;
  /** Expected status of the response. */
  readonly status: number;
}

/** Returns an agent that keeps its connections open. The caller must destroy it. */
export const connections = (count: number): Agent => new http.Agent({ keepAlive: true, maxSockets: count });

/**
 * Sends a request and resolves with the milliseconds until the complete response. Rejects if the status is not the expected one.
 */
export const ask = async (url: string, question: Question, agent?: Agent): Promise<number> => {
  const startedAt = performance.now();
  await read(url, question, agent);
  return performance.now() - startedAt;
};

/** Sends a request and resolves with the text of the response. */
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

/** Sends `count` requests, on `parallel` connections. */
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
