import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'items-docs-test-'));
for (const folder of ['.vscode', 'deploy', 'docs']) mkdirSync(join(directory, folder));
for (const file of ['.vscode/launch.json', 'template.yaml', 'deploy/github-roles.yaml', 'docs/operations.md']) {
  copyFileSync(file, join(directory, file));
}
afterAll(() => rmSync(directory, { recursive: true }));

const write = (...args: string[]): Promise<{ code: unknown; stderr: string }> =>
  new Promise((done) => {
    const parameters = [resolve('scripts/synth-docs.ts'), '--directory', directory, ...args];
    execFile(process.execPath, parameters, (error, _stdout, stderr) => done({ code: error?.code ?? 0, stderr }));
  });

it('writes the pages, and reports drift from their sources', async () => {
  const drifted = (file: string) => `${file} has drifted from its source: run "npm run synth"\n`;
  expect(await write('--check')).toEqual({
    code: 1,
    stderr: ['docs/cost.md', 'docs/parameters.md', 'openapi.yaml', 'docs/twin.md'].map(drifted).join(''),
  });
  expect(await write()).toEqual({ code: 0, stderr: '' });
  expect(await write('--check')).toEqual({ code: 0, stderr: '' });
  writeFileSync(join(directory, 'docs/cost.md'), 'stale');
  expect(await write('--check')).toEqual({ code: 1, stderr: drifted('docs/cost.md') });
});

it.each([
  ['docs/operations.md', '"iam:PassRole"', '"iam:*"', '<!-- End of the policy -->'],
  ['deploy/github-roles.yaml', '- iam:PutRolePolicy', '- iam:*', '        # End of the policy.'],
])('writes the policy into %s', async (file, allowed, tooMuch, end) => {
  const path = join(directory, file);
  const page = readFileSync(path, 'utf8');
  await write();
  writeFileSync(path, page.replace(allowed, tooMuch));
  const drift = `${file} has drifted from its source: run "npm run synth"\n`;
  expect(await write('--check')).toEqual({ code: 1, stderr: drift });
  expect(await write()).toEqual({ code: 0, stderr: '' });
  expect(readFileSync(path, 'utf8')).toBe(page);
  writeFileSync(path, page.replace(end, ''));
  expect(await write()).toEqual({
    code: 1,
    stderr: expect.stringContaining(`${file}: the file has no place for the policy: put the lines `),
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
