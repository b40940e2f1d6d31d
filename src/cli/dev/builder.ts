import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { SourceMap } from '../../stack/code/source-map.ts';

/** Generates a template in a process of its own, which the modules of the generator take 0.3 s to load in. */
export interface Builder {
  /** Generates the template from its sources. Rejects with what is wrong with them. */
  build(request: BuildRequest): Promise<Built>;
  stop(): void;
}

/** Request to the build process. */
export interface BuildRequest {
  /** No module of the generator has changed since it was last asked. */
  readonly keepsModules?: boolean;
  /** Leave all files as they are. */
  readonly check?: boolean;
  /** Make source maps as well. */
  readonly withSourceMaps?: boolean;
}

/** A template that was generated. */
export interface Built {
  readonly text: string;
  /** The source map of each function with its exact code. */
  readonly sourceMaps: readonly (readonly [code: string, map: SourceMap])[];
}

/** The response of the process. */
export type BuildResponse = Built | { readonly fault: string };

/** Starts the process for a template of this repository. */
export const startBuilder = (file: string): Builder => {
  const child = fork(join(import.meta.dirname, 'build-process.ts'), [file], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return { build: (request) => ask(child, request), stop: () => void child.kill() };
};

const ask = (child: ChildProcess, request: BuildRequest): Promise<Built> =>
  new Promise((resolve, reject) => {
    const settle = (): void => {
      child.off('message', built);
      child.off('exit', ended);
    };
    const built = (message: unknown): void => {
      settle();
      const response = message as BuildResponse;
      if ('text' in response) resolve(response);
      else reject(new Error(response.fault));
    };
    const ended = (): void => {
      settle();
      reject(new Error('the process that generates the template has ended: start again'));
    };
    child.on('message', built).on('exit', ended);
    if (child.connected) child.send(request);
    else ended();
  });
