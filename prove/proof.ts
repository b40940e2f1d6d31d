import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Judgement } from '../src/conformance/checklist.ts';
import { type Connection, describeStack, stackResources } from '../src/deploy/index.ts';
import type { Arguments } from './arguments.ts';
import type { Emulator } from './emulator.ts';
import { type Exchange, exchangeWith } from './exchange.ts';
import type { Observation, Site } from './facts/index.ts';
import { items } from './items.ts';
import type { Workspace } from './workspace.ts';

/** The checklist of `items verify`. */
export interface Verification {
  readonly edition: string;
  readonly passed: boolean;
  readonly checklist: readonly Judgement[];
  /** Cases that failed or were left out, as "group: name". */
  readonly failed: readonly string[];
  readonly leftOut: readonly string[];
}

/** The stack under proof, and what the project's own commands do to it. */
export class Proof {
  readonly verifications: Verification[] = [];
  readonly observations: Observation[] = [];
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly args: Arguments;
  readonly emulator: Emulator | undefined;
  /** An item of the first edition, as it was read. */
  kept: { readonly id: string; readonly text: string; readonly tag: string } | undefined;
  /** Milliseconds that the deletion took. */
  deletion: number | undefined;
  #url: string | undefined;
  #resources: ReadonlyMap<string, string> = new Map();

  constructor(connection: Connection, workspace: Workspace, args: Arguments, emulator: Emulator | undefined) {
    this.connection = connection;
    this.workspace = workspace;
    this.args = args;
    this.emulator = emulator;
  }

  /** Milliseconds to wait for what comes late. */
  get patience(): number {
    return this.args.patience * 1000;
  }

  /** Runs `items deploy`, and learns where the API is. */
  async deploy(signal: AbortSignal, ...options: readonly string[]): Promise<void> {
    const { environment, stackName } = this.workspace;
    const bucket = this.args.bucket === undefined ? [] : ['--bucket', this.args.bucket];
    await this.#items(signal, 'deploy', environment, ...options, ...bucket, '--yes');
    const connection = { ...this.connection, signal };
    const stack = await describeStack(connection, stackName);
    const url = stack?.Outputs?.find(({ OutputKey: key }) => key === 'ApiInvokeUrl')?.OutputValue;
    if (url === undefined) throw new Error(`the stack ${stackName} has no output ApiInvokeUrl`);
    this.#url = this.emulator ? await this.emulator.deployed(url) : url;
    const resources = await stackResources(connection, stackName);
    this.#resources = new Map(resources.map(({ LogicalResourceId: id = '', PhysicalResourceId: name = '' }) => [id, name]));
  }

  /** Runs `items verify`, and keeps its checklist. Rejects if a case failed. */
  async verify(signal: AbortSignal, edition: string, ...options: readonly string[]): Promise<string> {
    const { only, concurrency } = this.args;
    const file = join(this.workspace.directory, `verified-${this.verifications.length + 1}.json`);
    const choice = [
      ...only.flatMap((group) => ['--only', group]),
      ...(this.emulator?.except ?? []).flatMap((title) => ['--except', title]),
      ...(concurrency === undefined ? [] : ['--concurrency', concurrency]),
    ];
    const sign = ['--sigv4', '--region', this.connection.region];
    const args = ['verify', this.url, ...sign, ...options, ...choice, '--json', file];
    const run = items(args, { directory: this.workspace.directory, signal, live: true });
    const failure = await run.then(
      () => undefined,
      (error: Error) => error,
    );
    const verification = verificationIn(file, edition);
    if (verification) this.verifications.push(verification);
    if (failure) throw verification ? new Error(`failed cases: ${verification.failed.join('; ') || 'none'}`) : failure;
    return `${verification?.checklist.filter(({ status }) => status === 'pass').length} criteria pass`;
  }

  /** Runs `items destroy`, again if CloudFormation ended it with DELETE_FAILED, as Lambda releases network interfaces late. */
  async destroy(signal: AbortSignal): Promise<string | undefined> {
    const began = performance.now();
    for (let attempt = 1; ; attempt++) {
      await this.#settled(signal);
      try {
        await this.#items(signal, 'destroy', this.workspace.environment, '--yes');
        this.deletion = performance.now() - began;
        return attempt === 1 ? undefined : `in ${attempt} attempts`;
      } catch (error) {
        const stack = await describeStack({ ...this.connection, signal }, this.workspace.stackName);
        if (attempt === 3 || stack?.StackStatus !== 'DELETE_FAILED') throw error;
      }
    }
  }

  /** Invoke URL at which the API is reached. */
  get url(): string {
    if (this.#url === undefined) throw new Error('the API is not deployed');
    return this.#url;
  }

  get send(): Exchange {
    return exchangeWith(this.url, this.connection.region, this.connection.config.credentials);
  }

  /** Where facts are observed. */
  site(signal: AbortSignal): Site {
    const { connection, patience, deletion, send } = this;
    const resources = this.#resources;
    const site = { url: new URL(this.url), send, connection, resources, patience, signal };
    return deletion === undefined ? site : { ...site, deletion };
  }

  #items(signal: AbortSignal, ...args: readonly string[]): Promise<void> {
    return items(args, { directory: this.workspace.directory, signal });
  }

  /** CloudFormation continues with what an interrupted command has begun, and does not delete meanwhile. */
  async #settled(signal: AbortSignal): Promise<void> {
    for (;;) {
      const stack = await describeStack({ ...this.connection, signal }, this.workspace.stackName);
      const status = stack?.StackStatus ?? '';
      if (!status.endsWith('_IN_PROGRESS') || /^(REVIEW|DELETE)_/.test(status)) return;
      console.log(`${this.workspace.stackName} is in the state ${status}: waiting until it has ended`);
      await wait(10_000, undefined, { signal });
    }
  }
}

interface Result {
  readonly passed: boolean;
  readonly checklist: readonly Judgement[];
  readonly cases: readonly { readonly group: string; readonly name: string; readonly outcome: string }[];
}

const verificationIn = (file: string, edition: string): Verification | undefined => {
  let result: Result;
  try {
    result = JSON.parse(readFileSync(file, 'utf8')) as Result;
  } catch {
    return undefined;
  }
  const titles = (outcome: string): string[] =>
    result.cases.filter((one) => one.outcome === outcome).map(({ group, name }) => `${group}: ${name}`);
  const { passed, checklist } = result;
  return { edition, passed, checklist, failed: titles('failed'), leftOut: titles('left out') };
};
