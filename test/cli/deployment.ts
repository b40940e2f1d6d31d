import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { waitingForAnswer } from '../../src/deploy/errors.ts';
import { type Endpoint, openEndpoint, type RecordedResponse, type Request, recorded } from '../deploy/endpoint.ts';

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const credentials = {
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'us-east-1',
};

/**
 * For each test a folder with the environment `mini` and the template that the answers were recorded with, an endpoint, and `items` as
 * a process there. All of it is gone after the test.
 */
export const deployment = () => {
  let folder = '';
  let endpoint: Endpoint | undefined;
  let interrupt = (): void => {};

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'items-deploy-'));
    mkdirSync(join(folder, 'environments'));
    writeFileSync(join(folder, 'environments/mini.json'), '{"stackName":"items-mini","tags":{"Environment":"mini"}}');
    copyFileSync('test/deploy/recorded/mini.yaml', join(folder, 'template.yaml'));
  });

  afterEach(async () => {
    await endpoint?.close();
    endpoint = undefined;
    rmSync(folder, { recursive: true });
  });

  /** Runs a program with no configuration of this machine. */
  const run = async ([file = '', ...args]: string[], environment: NodeJS.ProcessEnv = credentials): Promise<Result> => {
    const here = {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: endpoint?.url,
    };
    const child = spawn(file, args, { cwd: folder, env: { ...here, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    interrupt = () => void child.kill('SIGINT');
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        output[name] += chunk;
      });
    }
    const [code] = (await once(child, 'close')) as [number | null];
    // Said to somebody who waits two seconds after Ctrl-C, which a busy machine makes of less.
    return { code, ...output, stderr: output.stderr.replace(`${waitingForAnswer}\n`, '') };
  };

  return {
    open: async (answers: readonly RecordedResponse[], onRequest?: Parameters<typeof openEndpoint>[1]): Promise<void> => {
      await endpoint?.close();
      endpoint = await openEndpoint(answers, onRequest);
    },
    /** With no terminal. */
    items: (args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Result> =>
      run([process.execPath, program, ...args], environment),
    /** On a terminal, where the answer is typed when the question appears. What deletes a line is `<clear>` in its output. */
    itemsOnTerminal: async (question: string, answer: string, ...args: string[]): Promise<Result> => {
      const result = await run(['python3', terminal, question, answer, process.execPath, program, ...args]);
      return { ...result, stdout: result.stdout.replaceAll('\r\x1b[2K', '<clear>').replaceAll('\r\n', '\n') };
    },
    /** Ctrl-C to what runs. */
    interrupt: () => interrupt(),
    put: (file: string, text: string) => writeFileSync(join(folder, file), text),
    requests: (): readonly Request[] => endpoint?.requests ?? [],
    asked: (): string[] => (endpoint?.requests ?? []).map(({ action }) => action),
  };
};

/** The recorded answers with one action's changed. */
export const changed = (name: string, action: string, change: (body: string) => string): RecordedResponse[] =>
  recorded(name).map((answer) => (answer.action === action ? { ...answer, body: change(answer.body) } : answer));

const program = resolve('bin/items.mjs');
const terminal = resolve('test/cli/terminal.py');
