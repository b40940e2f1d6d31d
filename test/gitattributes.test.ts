import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

/** What `npm run check` compares byte by byte, and files that do not run with CRLF. */
const files = ['template.yaml', 'README.md', 'docs/parameters.md', 'scripts/python', 'bin/items.mjs'];

it.each(['true', 'false', 'input'])('a checkout with core.autocrlf=%s has LF', (autocrlf) => {
  const directory = mkdtempSync(join(tmpdir(), 'items-checkout-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const git = (...args: string[]) => execFileSync('git', ['-c', `core.autocrlf=${autocrlf}`, ...args], { cwd: directory });

  git('init', '--quiet');
  for (const file of ['.gitattributes', ...files]) {
    mkdirSync(join(directory, dirname(file)), { recursive: true });
    copyFileSync(file, join(directory, file));
  }
  git('add', '.');
  for (const file of files) rmSync(join(directory, file));
  git('checkout', '--quiet', '--', '.');

  for (const file of files) {
    expect(readFileSync(join(directory, file)).equals(readFileSync(file)), file).toBe(true);
    expect(readFileSync(file).includes('\r\n'), file).toBe(false);
  }
});
