import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { endAfterEach, items, template, urlOf } from './running.ts';

endAfterEach();

it.skipIf(process.platform !== 'linux')(
  'a start ends the database of a killed twin that still holds the data folder',
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'items-cli-'));
    try {
      const start = () => items('local', '--template', template, '--data', data, '--port', '0');
      const killed = start();
      await urlOf(killed);
      const { pid = 0 } = killed.child;
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
      const isDatabase = (child: number): boolean => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('dynalite.ts');
      const database = children.find(isDatabase) ?? 0;
      // As slow as can be: it does not notice that its twin is gone.
      process.kill(database, 'SIGSTOP');
      killed.child.kill('SIGKILL');
      await killed.end();
      const next = start();
      expect(await urlOf(next)).toMatch(/^http/);
      next.child.kill('SIGINT');
      expect((await next.end()).code).toBe(0);
    } finally {
      rmSync(data, { recursive: true });
    }
  },
);
