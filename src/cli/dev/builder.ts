import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { SourceMap } from '../../stack/code/source-map.ts';

/** Generates a template in a separate process, because loading the modules of the generator takes 0.3 s. */
export interface Builder {
  /** Generates the template from its sources. Rejects with the fault of the sources. */
  build(request: BuildRequest): Promise<Built>;
  stop(): void;
}

export interface BuildRequest {
  /** True if no module of the generator has changed since the last request. */
  readonly keepsModules?: boolean;
  /** True to write no files. */
  readonly check?: boolean;
  /** True to create source maps as well. */
  readonly withSourceMaps?: boolean;
}

/** A generated template. */
export interface Built {
  readonly text: string;
  /** The source maps of functions, by their exact code. */
  readonly sourceMaps: readonly (readonly [code: string, map: SourceMap])[];
}

export type BuildResponse = Built | { readonly fault: string };

/** Starts the build process for a template of this repository. */
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
