import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** Generates a template in a process of its own, which the modules of the generator take 0.3 s to load in. */
export interface Builder {
  /**
   * Generates the template from its sources. `keepsModules` says that no module of the generator has changed. Rejects with what
   * is wrong with the sources.
   */
  build(keepsModules: boolean): Promise<string>;
  stop(): void;
}

/** A message to the process. */
export interface BuildRequest {
  readonly keepsModules: boolean;
}

/** Its response. */
export type BuildResponse = { readonly text: string } | { readonly fault: string };

/** Starts the process for a template of this repository. */
export const startBuilder = (file: string): Builder => {
  const child = fork(join(import.meta.dirname, 'build-process.ts'), [file], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return { build: (keepsModules) => ask(child, { keepsModules }), stop: () => void child.kill() };
};

const ask = (child: ChildProcess, request: BuildRequest): Promise<string> =>
  new Promise((resolve, reject) => {
    const settle = (): void => {
      child.off('message', built);
      child.off('exit', ended);
    };
    const built = (message: unknown): void => {
      settle();
      const response = message as BuildResponse;
      if ('text' in response) resolve(response.text);
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
