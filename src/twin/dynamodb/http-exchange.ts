import type { Agent, IncomingMessage } from 'node:http';
import type { DatabaseRequest, Reply } from './exchange.ts';

// A named import from node:http would load all its exports, fetch included: 50 ms of each start.
const http = process.getBuiltinModule('node:http');

/** Creates a client that sends requests over HTTP or HTTPS to the endpoint that a user gives. */
export const createHttpExchange = (region: string) => {
  const plain = { request: http.request, agent: new http.Agent(connections) };
  let secure: { request: typeof http.request; agent: Agent } | undefined;
  const clientFor = (to: URL): typeof plain => {
    if (to.protocol === 'http:') return plain;
    const https = process.getBuiltinModule('node:https');
    secure ??= { request: https.request, agent: new https.Agent(connections) };
    return secure;
  };
  // The twin has authenticated the caller. All requests have the same identity: DynamoDB Local keeps tables by access key id.
  const authorization = `AWS4-HMAC-SHA256 Credential=twin/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;
  return {
    async post(url: URL, { target, contentType, body, signal }: DatabaseRequest): Promise<Reply> {
      const { request, agent } = clientFor(url);
      const headers = {
        'Content-Type': contentType,
        'Content-Length': body.length,
        'X-Amz-Target': target,
        'X-Amz-Date': '20260101T000000Z',
        Authorization: authorization,
      };
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        // Sent once: after a broken connection it is unknown whether the database has applied the request.
        request(url, { method: 'POST', agent, headers, ...(signal && { signal }) }, resolve)
          .on('error', reject)
          .end(body);
      });
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      return { status: response.statusCode ?? 500, headers: response.headers, body: Buffer.concat(chunks) };
    },
    close() {
      plain.agent.destroy();
      secure?.agent.destroy();
    },
  };
};

/** Idle connections are closed after 4 seconds, before servers close them: a request sent at that moment would fail. */
const connections = { keepAlive: true, timeout: 4000 };
