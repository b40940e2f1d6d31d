import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Adapts a run to an emulator of AWS. A module of `--emulator` exports it as its default. */
export interface Emulator {
  /** Name and version, for the report. */
  readonly name: string;
  /** Cases that the emulator cannot pass, as "group: name". */
  readonly except: readonly string[];
  /** Returns the parts of a template that the emulator supports. */
  adapt(template: string): string;
  /** Called after each deployment with the output ApiInvokeUrl. Resolves with the URL at which the emulator serves the API. */
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
