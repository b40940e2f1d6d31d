import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { readMessages } from '../../../src/twin/processes/messages.ts';

const channel = new URL('../../../src/twin/lambda/bootstrap/channel.mjs', import.meta.url);

it.skipIf(process.platform === 'win32')(
  'a runtime hands over all that its function wrote before it waits for work',
  async () => {
    // Node.js says that a stream has drained only if more than 16 KB had waited: here it is less.
    const code = `
    import { next } from '${channel.href}';
    import { writeSync } from 'node:fs';
    let written = 0;
    // Until the reader's end takes nothing more, either.
    do {
      while (process.stdout.writableLength === 0) {
        process.stdout.write('m'.repeat(1000));
        written += 1000;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    } while (process.stdout.writableLength === 0);
    void next();
    setImmediate(() => setImmediate(() => writeSync(3, String(written))));
  `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe', 'pipe'],
    });
    const [, stdout, , told, runtime] = child.stdio as unknown as [null, Duplex, null, Duplex, Duplex];
    try {
      const [written] = await once(told, 'data');
      let size = 0;
      stdout.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      await new Promise((resolve) => readMessages(runtime, 0, resolve));
      while (size < Number(written)) await once(stdout, 'data');
      expect(size).toBe(Number(written));
    } finally {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    }
  },
);
