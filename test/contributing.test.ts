import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('CONTRIBUTING.md names files, folders and scripts that there are', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8');
  const scripts = Object.keys((JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object }).scripts);
  const paths = [
    ...text.matchAll(/`((?:src|test|bench|scan|bin|scripts|\.ci|\.github|trial|audit|deploy)\/[\w./-]*)`/g),
  ].map(([, path]) => path ?? '');
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  const named = [...text.matchAll(/npm (?:run )?((?:test|dev|bench)(?::\w+)?|start|(?<=run )\w+)/g)].map(
    ([, script]) => script ?? '',
  );
  expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
});
