import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { cases } from '../../src/conformance/index.ts';
import { titleOf } from '../../src/conformance/runner.ts';
import { type StartOptions, start } from '../../src/twin/index.ts';
import { typescript } from '../editions.ts';
import { type Relay, relay } from '../relay.ts';
import type { SigningOptions } from '../twin/gateway/signer.ts';

/** A bound for a whole run that hangs, in milliseconds. */
export const timeout = 600_000;

const stops: (() => Promise<unknown>)[] = [];

/** Stops what a test has started. A file of tests calls it once: files may share this module. */
export const stopAfterEach = (): void =>
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

/** Runs the product, by the template of an edition. */
export const api = async (parameters: Record<string, string> = {}, options: StartOptions = {}, edition = typescript) => {
  const all = { ...edition.options.parameters, ...parameters };
  const stack = await start(edition.template, { ...edition.options, ...options, parameters: all });
  stops.push(stack.stop);
  return { ...stack, url: stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '' };
};

export const between = async (target: string, pass?: Relay): Promise<string> => {
  const { url, stop } = await relay(target, pass);
  stops.push(stop);
  return url;
};

export const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'items-verify-'));
  stops.push(async () => rmSync(path, { recursive: true }));
  return path;
};

/** Runs `items verify` with nothing of AWS in its environment but what is given; reports once it has ended. */
export const verify = (
  args: readonly string[],
  env: Record<string, string> = {},
  onStart?: (child: ChildProcess) => void,
) => {
  const nothing = { PATH: process.env.PATH ?? '', HOME: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true' };
  const program = join(import.meta.dirname, '../../bin/items.mjs');
  const child = spawn(process.execPath, [program, 'verify', ...args], { env: { ...nothing, ...env } });
  onStart?.(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return once(child, 'close').then(([code, signal]: readonly unknown[]) => ({
    // As a shell reports the end by a signal: 130 for SIGINT.
    code: typeof code === 'number' ? code : 128 + constants.signals[signal as NodeJS.Signals],
    stdout,
    stderr,
  }));
};

/** For programs that look for credentials where the AWS CLI does. */
export const variables = (credentials: SigningOptions['credentials'] | undefined) => ({
  AWS_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
  AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
  AWS_REGION: 'us-east-1',
});

export const only = (...groups: string[]): string[] => groups.flatMap((group) => ['--only', group]);
export const casesOf = (group: string): string[] =>
  (cases[group] ?? []).flatMap(({ name }) => ['--except', titleOf({ group, name })]);
export const itemsOf = async (url: string) => (await (await fetch(`${url}/items?limit=100`)).json()) as { items: object[] };
