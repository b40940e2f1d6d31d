import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execute } from '../scan/execute.ts';
import { operations } from '../src/contract/operations.ts';
import { heapParameters } from '../src/twin/lambda/runtimes.ts';
import type { OperationName } from './events.ts';
import { writeFunctions } from './functions.ts';
import { installPeers, installPython } from './install.ts';
import { certificateAuthority } from './relay.ts';
import type { Start } from './runtime/environment.ts';

/** An implementation of operations. */
export interface Contender {
  readonly name: string;
  /** Id of the item that it reads. It, or a contender with the same id, created the item in its own format. */
  readonly itemId: string;
  /** Returns the start of an execution environment for an operation. */
  start(operation: OperationName): Start;
}

export type Variables = Readonly<Record<string, string>>;

/** Names that targets refer to. */
export const names = {
  ours: 'ours',
  sdk: 'AWS SDK',
  bundled: 'AWS SDK, bundled',
  awsLite: 'aws-lite',
  powertools: 'AWS SDK and Powertools',
  boto3: 'boto3',
  empty: 'empty handler',
  raw: 'raw request',
  connected: 'raw request, connected in INIT',
  signedOnce: 'raw request, signed once',
  silent: 'ours, logging nothing',
} as const;

/** Contenders of one language. */
export interface Contenders {
  /** Ours and the contenders that it is compared with. */
  readonly all: readonly Contender[];
  /** Contenders that show the parts of our time. Each does what the one before it does, and something more. Ours is last. */
  readonly layers: readonly Contender[];
}

/** Returns the contenders in JavaScript. Generated code is written to `folder`; all contenders get the variables. */
export const nodeContenders = async (folder: string, variables: Variables): Promise<Contenders> => {
  const peers = await installPeers();
  const bundles = await bundle(peers, join(folder, 'bundles'));
  const functions = writeFunctions('template.yaml', 'index.js', join(folder, 'typescript'));
  const { memorySize } = functions.GetItem;
  // Parameters of Lambda's own bootstrap, which treats only files with the names of CommonJS as CommonJS.
  const command = [
    process.execPath,
    ...heapParameters(memorySize),
    '--no-experimental-detect-module',
    '--no-experimental-require-module',
    join(import.meta.dirname, 'runtime/node.mjs'),
  ] as const;
  const { contender, peer } = enlist({ command, runtime: 'nodejs24.x', memorySize, variables, peers });
  const own = (operation: OperationName): Handler => ({
    ...functions[operation],
    file: 'index.js',
    name: 'lambda_handler',
  });
  const ours = contender(names.ours, own);
  const raw = peer(names.raw, 'raw.cjs');
  const silent = contender(
    names.silent,
    (operation) => {
      const handler = own(operation);
      return { ...handler, variables: { ...handler.variables, AWS_LAMBDA_LOG_LEVEL: 'FATAL' } };
    },
    names.ours,
  );
  const all = [
    ours,
    peer(names.sdk, 'sdk.mjs'),
    contender(names.bundled, (operation) => ({ folder: bundles, file: `${operation}.cjs`, name: operation })),
    peer(names.awsLite, 'aws-lite.mjs'),
    peer(names.powertools, 'powertools.mjs'),
    peer(names.empty, 'empty.cjs'),
    raw,
    peer(names.connected, 'raw-connected.cjs'),
  ];
  return { all, layers: [peer(names.signedOnce, 'raw-signed-once.cjs', names.raw), raw, silent, ours] };
};

/** Returns the contenders in Python. */
export const pythonContenders = async (folder: string, variables: Variables): Promise<Contenders> => {
  const functions = writeFunctions('template.python.yaml', 'index.py', join(folder, 'python'));
  const { memorySize } = functions.GetItem;
  const python = await installPython();
  // Code is compiled at each start, as on Lambda, where its folder is read-only. Packages are already compiled.
  const command = [python, '-I', '-B', '-X', 'utf8', join(import.meta.dirname, 'runtime/python.py')] as const;
  const peers = join(import.meta.dirname, 'peers');
  const authorities = join(folder, 'authorities.pem');
  writeFileSync(authorities, (await authoritiesOf(python)) + readFileSync(certificateAuthority, 'utf8'));
  const trust = { AWS_CA_BUNDLE: authorities, SSL_CERT_FILE: authorities };
  const { contender, peer } = enlist({
    command,
    runtime: 'python3.13',
    memorySize,
    variables: { ...variables, ...trust },
    peers,
  });
  const ours = contender(names.ours, (operation) => ({
    ...functions[operation],
    file: 'index.py',
    name: 'lambda_handler',
  }));
  const raw = peer(names.raw, 'raw.py');
  return {
    all: [ours, peer(names.boto3, 'boto.py'), peer(names.empty, 'empty.py'), raw],
    layers: [peer(names.signedOnce, 'raw_signed_once.py', names.raw), raw, ours],
  };
};

/**
 * Returns the certificate authorities that boto3 trusts. On Lambda every Python client reads as many, which takes longer than the
 * handshake.
 */
const authoritiesOf = async (python: string): Promise<string> => {
  const file = 'from importlib.resources import files; print(files("botocore") / "cacert.pem")';
  return readFileSync((await execute(python, ['-I', '-c', file])).trim(), 'utf8');
};

interface Runtime {
  readonly command: Start['command'];
  readonly runtime: string;
  readonly memorySize: number;
  readonly variables: Variables;
  readonly peers: string;
}

/** The location of a handler: the export of a file. */
interface Handler {
  readonly folder: string;
  readonly file: string;
  readonly name: string;
  readonly variables?: Variables;
}

const enlist = ({ command, runtime, memorySize, variables, peers }: Runtime) => {
  const contender = (name: string, handlerOf: (operation: OperationName) => Handler, creator = name): Contender => ({
    name,
    itemId: `${runtime} ${creator}`.replaceAll(/[^\w.]+/g, '-'),
    start(operation) {
      const handler = handlerOf(operation);
      const own = {
        _HANDLER: `${handler.file}#${handler.name}`,
        LAMBDA_TASK_ROOT: handler.folder,
        AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
        AWS_LAMBDA_FUNCTION_NAME: operation,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
      };
      return { command, variables: { ...variables, ...handler.variables, ...own } };
    },
  });
  const peer = (name: string, file: string, creator = name): Contender =>
    contender(name, (operation) => ({ folder: peers, file, name: operation }), creator);
  return { contender, peer };
};

/** Bundles the SDK's handlers: a file for each, without the code that it does not use. */
const bundle = async (peers: string, folder: string): Promise<string> => {
  const bundleOne = (name: string) =>
    build({
      stdin: { contents: `export { ${name} } from './sdk.mjs';`, resolveDir: peers },
      outfile: join(folder, `${name}.cjs`),
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      // Modules instead of CommonJS, because a bundler can remove their unused code.
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
  await Promise.all(operations.map(({ name }) => bundleOne(name)));
  return folder;
};
