import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { listen } from '../../../src/twin/gateway/server.ts';

it('sets no limit to the time that a connection is kept alive', async () => {
  const server = await listen(
    { host: '127.0.0.1', port: 0, allowedHosts: [] },
    async () => ({ status: 200, headers: [], body: '' }),
    () => {},
  );
  const [{ headers }] = (await once(get(`http://127.0.0.1:${server.port}/`), 'response')) as [IncomingMessage];
  expect(headers.connection).toBe('keep-alive');
  expect(headers).not.toHaveProperty('keep-alive');
  await server.stop();
});
