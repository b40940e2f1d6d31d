import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';

interface Configuration {
  readonly name: string;
  readonly port?: number;
  readonly connect?: { readonly port: number };
}

const { configurations, compounds }: Launch = JSON.parse(readFileSync('.vscode/launch.json', 'utf8'));

interface Launch {
  readonly configurations: readonly Configuration[];
  readonly compounds: readonly { readonly name: string; readonly configurations: readonly string[] }[];
}

it.each(['TypeScript', 'Python'])('.vscode/launch.json has the debugger port of each function in %s', (language) => {
  const named = configurations.filter(({ name }) => name.startsWith(`${language}: `));
  const expected = operations.map(({ name }, index) => [`${language}: ${name}`, 9229 + index]);
  expect(named.map(({ name, port, connect }) => [name, port ?? connect?.port])).toEqual(expected);
  expect(compounds).toContainEqual({ name: `${language}: all functions`, configurations: expected.map(([name]) => name) });
});
