import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { noShell } from './windows.ts';

const folder = '.github/workflows';
const files = readdirSync(folder);
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: { readonly name: string };
  readonly concurrency?: { readonly 'cancel-in-progress': unknown };
  readonly steps: readonly { readonly name?: string; readonly run?: string; readonly uses?: string }[];
}

const { on, permissions, jobs } = parse(textOf('deploy.yml')) as {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<'plan' | 'deploy', Job>>;
};

describe.each(files)('%s', (file) => {
  it('pins each action by commit, and names the release', () => {
    const uses = textOf(file).match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const use of uses) expect(use).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('stores no secret', () => {
    expect(textOf(file)).not.toMatch(/secrets\.|access-key/);
  });
});

it('all workflows use the same release of an action', () => {
  const used = new Set(files.flatMap((file) => textOf(file).match(/(?<=uses: ).*/g) ?? []));
  const actions = [...used].map((use) => use.split('@')[0]);
  expect(actions).toEqual([...new Set(actions)]);
});

describe('the deploy workflow', () => {
  it('runs on pull requests and on main, with no permission that it does not need', () => {
    expect(on).toEqual({ push: { branches: ['main'] }, pull_request: null });
    expect(permissions).toEqual({});
    const needed = { contents: 'read', 'id-token': 'write' };
    expect(Object.values(jobs).map((job) => job.permissions)).toEqual([needed, needed]);
  });

  it('plans for pull requests from the repository itself only', () => {
    expect(jobs.plan.if).toContain("github.event_name == 'pull_request' &&");
    expect(jobs.plan.if).toContain('github.event.pull_request.head.repo.full_name == github.repository &&');
    expect(jobs.plan.environment).toBeUndefined();
  });

  it('deploys on a push only, one deployment at a time, in an environment', () => {
    expect(jobs.deploy.if).toContain("github.event_name == 'push' &&");
    expect(jobs.deploy.concurrency).toEqual({ group: 'deploy', 'cancel-in-progress': false });
    expect(jobs.deploy.environment?.name).toBe("${{ vars.DEPLOY_ENVIRONMENT || 'dev' }}");
  });

  it.each(['plan', 'deploy'] as const)('skips the job %s until its variables are set', (name) => {
    const used = new Set(JSON.stringify(jobs[name].steps).match(/vars\.AWS_\w+/g));
    for (const variable of used) expect(jobs[name].if).toContain(`${variable} != ''`);
  });

  it.each(['plan', 'deploy'] as const)('gives the job %s credentials after the installation', (name) => {
    const steps = jobs[name].steps.map(({ run = '', uses = '' }) => run || uses);
    const credentials = steps.findIndex((step) => step.startsWith('aws-actions/configure-aws-credentials@'));
    expect(credentials).toBeGreaterThan(steps.findIndex((step) => step.startsWith('npm ci')));
  });
});

const bash = noShell ? undefined : whereIs('bash');
const withoutBash = bash === undefined ? ', skipped: needs bash' : '';

describe.skipIf(bash === undefined)(`the plan${withoutBash}`, () => {
  it.each([
    ['nothing changes', 0, 0],
    ['something changes', 2, 0],
    ['it fails', 1, 1],
    ['it is interrupted', 130, 1],
  ])('is shown if %s (exit code %i)', (_what, code, expected) => {
    const { status, summary } = plan({ aws: 'echo UPDATE_COMPLETE', npm: `echo "$@"; echo changes >&2; exit ${code}` });
    expect(summary).toBe('## Plan for dev\n\n```\nrun --silent deploy -- dev --plan --bucket plans\nchanges\n```\n');
    expect(status).toBe(expected);
  });

  it.each(['echo "Stack with id items-dev does not exist" >&2; exit 254', 'echo REVIEW_IN_PROGRESS'])(
    'makes no change set if the stack does not exist: %s',
    (aws) => {
      const { status, summary } = plan({ aws, npm: 'exit 1' });
      expect({ status, summary }).toEqual({
        status: 0,
        summary: 'The stack items-dev does not exist yet. The first deployment creates it.\n',
      });
    },
  );

  it('fails if AWS denies the question for the stack', () => {
    const { status, stderr } = plan({ aws: 'echo AccessDenied >&2; exit 254', npm: 'exit 0' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'AccessDenied\n' });
  });
});

/** Runs the step with these bodies of shell scripts in place of programs, as GitHub runs bash. */
function plan(programs: Readonly<Record<'aws' | 'npm', string>>) {
  const directory = mkdtempSync(join(tmpdir(), 'items-plan-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [name, body] of Object.entries(programs)) {
    const path = join(directory, name);
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
  }
  mkdirSync(join(directory, 'environments'));
  writeFileSync(join(directory, 'environments/dev.json'), '{ "stackName": "items-dev" }');
  const script = join(directory, 'step.sh');
  writeFileSync(script, jobs.plan.steps.find(({ name }) => name === 'Plan')?.run ?? '');
  const summary = join(directory, 'summary.md');
  const PATH = [directory, dirname(process.execPath), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH, ENVIRONMENT: 'dev', BUCKET: 'plans', GITHUB_STEP_SUMMARY: summary };
  const options = ['--noprofile', '--norc', '-eo', 'pipefail', script];
  const { status, stderr } = spawnSync(bash ?? '', options, { cwd: directory, env, encoding: 'utf8' });
  return { status, stderr, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '' };
}

function whereIs(program: string): string | undefined {
  try {
    return execFileSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
