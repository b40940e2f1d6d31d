import type { Agent, IncomingMessage } from 'node:http';

// By name, the imports would load every export of node:http, fetch included: 50 ms of each start.
const http = process.getBuiltinModule('node:http');

/** The DynamoDB that stands behind the twin's endpoint: dynalite's process or an endpoint the user names. */
export interface Upstream {
  /** Sends a request over a kept-alive connection and resolves with its answer, whatever the status. */
  post(target: string, contentType: string, body: Buffer): Promise<IncomingMessage>;
  /** A call of the twin's own, by operation name. */
  call(operation: string, input: object): Promise<{ readonly ok: boolean; readonly output: Record<string, unknown> }>;
  close(): void;
}

export const createUpstream = (url: () => Promise<URL>, region: string): Upstream => {
  const plain = { request: http.request, agent: new http.Agent({ keepAlive: true }) };
  let secure: { request: typeof http.request; agent: Agent } | undefined;
  const clientFor = (to: URL): typeof plain => {
    if (to.protocol === 'http:') return plain;
    const https = process.getBuiltinModule('node:https');
    secure ??= { request: https.request, agent: new https.Agent({ keepAlive: true }) };
    return secure;
  };
  const authorization = `AWS4-HMAC-SHA256 Credential=twin/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

  const send = (to: URL, headers: Record<string, string | number>, body: Buffer): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const client = clientFor(to);
      const request = client.request(to, { method: 'POST', agent: client.agent, headers }, resolve);
      request.on('error', (error) => {
        // The other side may close an idle connection just as it is used again.
        const { code } = error as NodeJS.ErrnoException;
        if (request.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE'))
          send(to, headers, body).then(resolve, reject);
        else reject(error);
      });
      request.end(body);
    });

  const post = async (target: string, contentType: string, body: Buffer): Promise<IncomingMessage> =>
    send(
      await url(),
      {
        'Content-Type': contentType,
        'Content-Length': body.length,
        'X-Amz-Target': target,
        'X-Amz-Date': '20260101T000000Z',
        // The twin has checked the caller. One identity for all, since DynamoDB Local keeps tables by access key id.
        Authorization: authorization,
      },
      body,
    );

  return {
    post,
    async call(operation, input) {
      const answer = await post(
        `DynamoDB_20120810.${operation}`,
        'application/x-amz-json-1.0',
        Buffer.from(JSON.stringify(input)),
      );
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      return { ok: answer.statusCode === 200, output: JSON.parse(Buffer.concat(chunks).toString()) };
    },
    close() {
      plain.agent.destroy();
      secure?.agent.destroy();
    },
  };
};
