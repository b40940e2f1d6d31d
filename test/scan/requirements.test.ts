import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const packages = (file: string): string[] =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .map((line) => line.replace(/\s*[#;].*/, ''))
    .filter((line) => line !== '');

it.each(['scan', 'test/cloud'])(
  '%s installs the same packages everywhere: each is pinned, and those that it asks for are among them',
  (folder) => {
    const pinned = packages(`${folder}/requirements.txt`);
    expect(pinned.filter((line) => !/^[a-z0-9-]+==[\w.]+$/.test(line))).toEqual([]);
    const asked = packages(`${folder}/requirements.in`);
    expect(asked).not.toEqual([]);
    expect(pinned).toEqual(expect.arrayContaining(asked));
    expect(pinned.length).toBeGreaterThan(asked.length);
  },
);
