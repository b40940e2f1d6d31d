import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'items-docs-test-'));
mkdirSync(join(directory, 'docs'));
for (const file of ['template.yaml', 'docs/operations.md']) copyFileSync(file, join(directory, file));
afterAll(() => rmSync(directory, { recursive: true }));

const write = (...args: string[]): Promise<{ code: unknown; stderr: string }> =>
  new Promise((done) => {
    const parameters = [resolve('src/cli/docs.ts'), '--directory', directory, ...args];
    execFile(process.execPath, parameters, (error, _stdout, stderr) => done({ code: error?.code ?? 0, stderr }));
  });

it('writes the pages, and reports drift from their sources', async () => {
  const drifted = (file: string) => `${file} has drifted from its source: run "npm run synth"\n`;
  expect(await write('--check')).toEqual({
    code: 1,
    stderr: ['cost', 'parameters', 'twin'].map((page) => drifted(`docs/${page}.md`)).join(''),
  });
  expect(await write()).toEqual({ code: 0, stderr: '' });
  expect(await write('--check')).toEqual({ code: 0, stderr: '' });
  writeFileSync(join(directory, 'docs/cost.md'), 'stale');
  expect(await write('--check')).toEqual({ code: 1, stderr: drifted('docs/cost.md') });
});

it('writes the policy into the page on operations', async () => {
  const path = join(directory, 'docs/operations.md');
  const page = readFileSync(path, 'utf8');
  await write();
  writeFileSync(path, page.replace('"iam:PassRole"', '"iam:*"'));
  const drift = 'docs/operations.md has drifted from its source: run "npm run synth"\n';
  expect(await write('--check')).toEqual({ code: 1, stderr: drift });
  expect(await write()).toEqual({ code: 0, stderr: '' });
  expect(readFileSync(path, 'utf8')).toBe(page);
  writeFileSync(path, page.replace('<!-- End of the policy -->', ''));
  expect(await write()).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^docs\/operations\.md: the page has no place for the policy: put the lines /),
  });
  writeFileSync(path, page);
});

it('names what is wrong with the template', async () => {
  const path = join(directory, 'template.yaml');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace('Parameters: [KmsKeyArn, DeletionProtection, ', 'Parameters: [KmsKeyArn, '),
  );
  expect(await write()).toEqual({
    code: 1,
    stderr:
      'docs/parameters.md: parameter DeletionProtection is in no group: add it to one of AWS::CloudFormation::Interface\n',
  });
});
