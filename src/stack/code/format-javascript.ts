import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SynthError } from './synth-error.ts';

/** Maximum line length of code: 120, less the indentation of a function's own code in the template. */
export const lineWidth = 106;

/** Formats texts as Biome formats this repository. Removing types leaves blanks in their place, and lines of uneven length. */
export const formatJavascript = (texts: readonly string[]): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'items-format-'));
  try {
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(configuration));
    const files = texts.map((text, index) => {
      const file = join(folder, `${index}.js`);
      writeFileSync(file, text);
      return file;
    });
    const [program, ...args] = biome();
    const { status, stderr } = spawnSync(program, [...args, 'format', '--write', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new SynthError(`Biome cannot format the code of the functions: ${stderr.trim()}`);
    return files.map((file) => readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/**
 * Returns the Biome binary for this machine; npm installs one. The script of its package also starts it, but takes three times as
 * long as the formatting.
 */
const biome = (): readonly [program: string, ...args: string[]] => {
  const script = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const { platform, arch } = process;
  for (const end of platform === 'win32' ? ['/biome.exe'] : ['/biome', '-musl/biome']) {
    try {
      return [createRequire(script).resolve(`@biomejs/cli-${platform}-${arch}${end}`)];
    } catch {
      // Another binary is installed, or none.
    }
  }
  return [process.execPath, script];
};

const configuration = {
  root: true,
  formatter: { indentStyle: 'space', indentWidth: 2, lineWidth },
  javascript: { formatter: { quoteStyle: 'single' }, parser: {} },
};
