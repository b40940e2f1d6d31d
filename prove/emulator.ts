import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a run needs otherwise where an emulator stands in for AWS. A module of `--emulator` exports it as its default. */
export interface Emulator {
  /** Name and version, for the report. */
  readonly name: string;
  /** Cases that it cannot pass, as "group: name". */
  readonly except: readonly string[];
  /** A template as far as it can run it. */
  adapt(template: string): string;
  /** Called after each deployment with the output ApiInvokeUrl; settles with the URL at which it serves the API. */
  deployed(invokeUrl: string): Promise<string>;
  /** Called at the end. */
  stop(): Promise<void>;
}

/** Loads the module of `--emulator`. */
export const loadEmulator = async (file: string): Promise<Emulator> => {
  const { default: emulator } = (await import(pathToFileURL(resolve(file)).href)) as { default?: Emulator };
  if (typeof emulator?.adapt !== 'function') throw new Error(`${file} has no emulator as its default export`);
  return emulator;
};
