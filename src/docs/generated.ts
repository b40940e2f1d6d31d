import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Writes a generated file. With `check`, writes nothing, and returns a message if the file differs from its source. */
export const put = (directory: string, file: string, text: string, check: boolean): string[] => {
  const path = resolve(directory, file);
  const isSame = text === contents(path);
  if (check) return isSame ? [] : [`${file} has drifted from its source: run "npm run synth"`];
  // An unchanged file is not written, so that watchers of the file are not notified.
  if (isSame) return [];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return [];
};

/** Replaces the lines between two marker lines of a text. Returns undefined if the markers are missing. */
export const between = (text: string, begin: string, end: string, lines: string): string | undefined => {
  const [before, rest] = text.split(`${begin}\n`);
  const after = rest?.split(end)[1];
  return after === undefined ? undefined : `${before}${begin}\n${lines}\n${end}${after}`;
};

const contents = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
