import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchPaths } from '../../../src/cli/dev/watch-paths.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-watch-'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

it('waits for the text of a file that was truncated, and for 5 s at most', async () => {
  const file = join(folder, 'template.yaml');
  const seen: string[] = [];
  const stop = watchPaths([{ folder, recursive: false, matches: (name) => name === 'template.yaml' }], async (files) => {
    for (const path of files) seen.push(readFileSync(path, 'utf8'));
  });
  // Registered later for the same folder, so that the watcher under test has had the event, too.
  const own = watch(folder);
  const write = async (text: string): Promise<void> => {
    const event = once(own, 'change');
    writeFileSync(file, text);
    await event;
  };
  try {
    await write('');
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen).toEqual([]);
    await write('Resources: {}');
    await vi.advanceTimersByTimeAsync(25);
    expect(seen).toEqual(['Resources: {}']);
    await write('');
    await vi.advanceTimersByTimeAsync(5025);
    expect(seen).toEqual(['Resources: {}', '']);
  } finally {
    own.close();
    stop();
  }
});
