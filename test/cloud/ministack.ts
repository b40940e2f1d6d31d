import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { execute } from '../../scan/execute.ts';

/** The virtual environment that has ministack and the AWS CLI. */
export const environment = join(import.meta.dirname, '../../.venv/cloud');

/** The region that it is in. */
export const region = 'us-east-1';

/** AWS on this machine: ministack on a loopback port, with all its state in a folder of its own. */
export interface Cloud {
  readonly endpoint: string;
  readonly pid: number;
  /** The folder, gone when it stops. */
  readonly directory: string;
  /** Runs a program of the virtual environment, or any other, that finds this cloud by the standard variables of AWS. */
  run(program: string, args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Starts an empty cloud. Rejects with what ministack wrote if it ends before it answers. */
export const startCloud = async (): Promise<Cloud> => {
  const directory = mkdtempSync(join(tmpdir(), 'items-cloud-'));
  const programs = join(environment, 'bin');
  const temporary = join(directory, 'tmp');
  mkdirSync(temporary);
  const variables = {
    // Functions run on the Node.js that `npm ci` brought, and on the machine's Python.
    PATH: [dirname(process.execPath), programs, process.env.PATH].join(delimiter),
    HOME: directory,
    TMPDIR: temporary,
  };
  const ministack = spawn(join(programs, 'python'), [join(import.meta.dirname, 'run_ministack.py')], {
    cwd: directory,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...variables,
      BIND_HOST: '127.0.0.1',
      // APIs are known by the names that they have on AWS.
      MINISTACK_HOST: `${region}.amazonaws.com`,
      MINISTACK_REGION: region,
      STATE_DIR: join(directory, 'state'),
      S3_DATA_DIR: join(directory, 's3'),
      SFTP_ENABLED: '0',
      // It verifies every signature and asks the policies of callers and of functions' roles.
      AUTH: 'true',
    },
  });
  const abandon = (): void => {
    ministack.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  };
  // Of a process that is interrupted: whoever stops it themselves waits for its end.
  process.once('exit', abandon);
  const stop = async (): Promise<void> => {
    process.off('exit', abandon);
    if (ministack.exitCode === null && ministack.signalCode === null) {
      ministack.kill();
      await once(ministack, 'exit');
    }
    rmSync(directory, { recursive: true });
  };
  let endpoint: string;
  try {
    endpoint = await untilReady(ministack);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    pid: ministack.pid ?? 0,
    directory,
    run: (program, args) =>
      execute(program, args, {
        directory,
        variables: {
          ...variables,
          AWS_ENDPOINT_URL: endpoint,
          AWS_REGION: region,
          AWS_DEFAULT_REGION: region,
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_EC2_METADATA_DISABLED: 'true',
        },
      }),
    stop,
  };
};

/** Where it says that it listens. What it says afterwards is read, so that it never waits for a reader, and dropped. */
const untilReady = ({ stdout, stderr }: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    const output = new PassThrough();
    let open = 2;
    for (const stream of [stdout, stderr]) {
      stream?.pipe(output, { end: false });
      stream?.once('end', () => --open || output.end());
    }
    const written: string[] = [];
    const lines = createInterface(output);
    lines.on('line', (line) => {
      if (written.length < 100) written.push(line);
      const [url] = /(?<=Running on )http:\/\/[\d.:]+/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
    lines.on('close', () => reject(new Error(`ministack ended at its start:\n${written.join('\n')}`)));
  });
