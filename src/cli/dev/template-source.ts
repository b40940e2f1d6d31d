import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { SourceMap } from '../../stack/code/source-map.ts';
import { readTemplate } from '../template-file.ts';
import { type Built, startBuilder } from './builder.ts';
import type { Watched } from './watch-paths.ts';

/** The sources of a template. */
export interface TemplateSource {
  readonly watched: readonly Watched[];
  /**
   * Returns the template for the current sources. `changed` are the changed files. Rejects with an Error that states the fault
   * and its place.
   */
  build(changed: ReadonlySet<string>): Promise<string>;
  /** Creates the source maps of the functions without writing files. Rejects as `build` does. */
  loadSourceMaps(): Promise<void>;
  /** Returns the source map of a function's code, if the sources produced exactly this code in one of the latest builds. */
  sourceMapOf(code: string): SourceMap | undefined;
  stop(): void;
}

/**
 * Returns the source of a template file. A template of this repository names the folders that it is generated from. If they
 * exist, it is generated from them. Any other template is its own source, without source maps.
 */
export const sourceOf = (file: string, text: string, { withSourceMaps }: SourceOptions): TemplateSource => {
  const root = dirname(resolve(file));
  const [, names = ''] = /^ {4}Source: 'items-api: (.+)'$/m.exec(text) ?? [];
  const folders = names.split(', ').map((name) => join(root, name));
  const isGenerated = names !== '' && folders.every((folder) => existsSync(folder));
  return isGenerated ? generated(file, folders, withSourceMaps) : itself(file);
};

export interface SourceOptions {
  /** True to create source maps with each build. */
  readonly withSourceMaps: boolean;
}

const generated = (file: string, folders: readonly string[], withSourceMaps: boolean): TemplateSource => {
  const builder = startBuilder(basename(file));
  // In the order of the builds: a change that cannot be applied restores functions of an earlier build.
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
    // Changed modules of src/stack and src/contract must be loaded again. Functions are read as text.
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

/** Maximum number of source maps. */
const mostMaps = 100;

const itself = (file: string): TemplateSource => ({
  watched: [{ folder: dirname(resolve(file)), recursive: false, matches: (name) => name === basename(file) }],
  build: () => readTemplate(file),
  loadSourceMaps: async () => {},
  sourceMapOf: () => undefined,
  stop: () => {},
});
