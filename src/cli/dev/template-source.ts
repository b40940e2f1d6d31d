import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { SourceMap } from '../../stack/code/source-map.ts';
import { readTemplate } from '../template-file.ts';
import { type Built, startBuilder } from './builder.ts';
import type { Watched } from './watch-paths.ts';

/** The sources of a template. */
export interface TemplateSource {
  readonly watched: readonly Watched[];
  /** The template as its sources are now, after a change of these files. Rejects with an Error that says what is wrong, and where. */
  build(changed: ReadonlySet<string>): Promise<string>;
  /** Makes the source maps of the functions, and no file. Rejects as `build` does. */
  loadSourceMaps(): Promise<void>;
  /** The source map of a function's code, if the sources gave exactly this code, now or a few changes ago. */
  sourceMapOf(code: string): SourceMap | undefined;
  stop(): void;
}

/**
 * The source of a template file. A template of this repository names the folders that it is generated from; if they are there, it is
 * generated anew from them. Any other template is its own source, without source maps.
 */
export const sourceOf = (file: string, text: string, { withSourceMaps }: SourceOptions): TemplateSource => {
  const root = dirname(resolve(file));
  const [, names = ''] = /^ {4}Source: 'items-api: (.+)'$/m.exec(text) ?? [];
  const folders = names.split(', ').map((name) => join(root, name));
  const isGenerated = names !== '' && folders.every((folder) => existsSync(folder));
  return isGenerated ? generated(file, folders, withSourceMaps) : itself(file);
};

export interface SourceOptions {
  /** Each build makes source maps, too. */
  readonly withSourceMaps: boolean;
}

const generated = (file: string, folders: readonly string[], withSourceMaps: boolean): TemplateSource => {
  const builder = startBuilder(basename(file));
  // In the order of their making: a change that cannot be served restores functions of an earlier build.
  const maps = new Map<string, SourceMap>();
  const keep = ({ text, sourceMaps }: Built): string => {
    for (const [code, map] of sourceMaps) {
      maps.delete(code);
      maps.set(code, map);
    }
    for (const code of maps.keys()) if (maps.size > mostMaps) maps.delete(code);
    return text;
  };
  return {
    watched: folders.map((folder) => ({
      folder,
      recursive: true,
      matches: (name) => /^[^.].*\.(?:ts|py)$/.test(name),
    })),
    // Only a new process loads changed modules of src/stack and src/contract; functions are read as text.
    async build(changed) {
      const keepsModules = [...changed].every((path) => /[\\/]src[\\/]functions[\\/]/.test(path));
      return keep(await builder.build({ keepsModules, withSourceMaps }));
    },
    async loadSourceMaps() {
      keep(await builder.build({ check: true, withSourceMaps: true }));
    },
    sourceMapOf: (code) => maps.get(code),
    stop: builder.stop,
  };
};

/** Source maps of so many versions of functions are kept. */
const mostMaps = 100;

const itself = (file: string): TemplateSource => ({
  watched: [{ folder: dirname(resolve(file)), recursive: false, matches: (name) => name === basename(file) }],
  build: () => readTemplate(file),
  loadSourceMaps: async () => {},
  sourceMapOf: () => undefined,
  stop: () => {},
});
