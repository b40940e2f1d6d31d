import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readTemplate } from '../template-file.ts';
import { startBuilder } from './builder.ts';
import type { Watched } from './watch-paths.ts';

/** The sources of a template. */
export interface TemplateSource {
  readonly watched: readonly Watched[];
  /** The template as its sources are now, after a change of these files. Rejects with an Error that says what is wrong, and where. */
  build(changed: ReadonlySet<string>): Promise<string>;
  stop(): void;
}

/**
 * The source of a template file. A template of this repository names the folders that it is generated from; if they are there, it is
 * generated anew from them. Any other template is its own source.
 */
export const sourceOf = (file: string, text: string): TemplateSource => {
  const root = dirname(resolve(file));
  const [, names = ''] = /^ {4}Source: 'items-api: (.+)'$/m.exec(text) ?? [];
  const folders = names.split(', ').map((name) => join(root, name));
  return names !== '' && folders.every((folder) => existsSync(folder)) ? generated(file, folders) : itself(file);
};

const generated = (file: string, folders: readonly string[]): TemplateSource => {
  const builder = startBuilder(basename(file));
  return {
    watched: folders.map((folder) => ({
      folder,
      recursive: true,
      matches: (name) => /^[^.].*\.(?:ts|py)$/.test(name),
    })),
    // Only a new process loads changed modules of src/stack and src/contract; functions are read as text.
    build: (changed) => builder.build([...changed].every((path) => /[\\/]src[\\/]functions[\\/]/.test(path))),
    stop: builder.stop,
  };
};

const itself = (file: string): TemplateSource => ({
  watched: [{ folder: dirname(resolve(file)), recursive: false, matches: (name) => name === basename(file) }],
  build: () => readTemplate(file),
  stop: () => {},
});
