import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { launchFile } from '../../src/docs/launch.ts';

const text = readFileSync('.vscode/launch.json', 'utf8');

it('launch.json is as it would be written', () => {
  expect(launchFile(text)).toBe(text);
});

it('launch.json keeps what is not about functions, and loses functions that are gone', () => {
  const { configurations, compounds, ...rest } = JSON.parse(text);
  const own = [
    { name: 'TypeScript: my script', type: 'node', request: 'launch' },
    { name: 'Mine', type: 'node', request: 'attach' },
  ];
  const gone = { name: 'Python: PatchItem', type: 'debugpy', request: 'attach' };
  const changed = {
    ...rest,
    inputs: [],
    configurations: [...own, ...configurations, gone],
    compounds: [...compounds, own[1]],
  };
  const written = JSON.parse(launchFile(JSON.stringify(changed)));
  expect(written.inputs).toEqual([]);
  expect(written.configurations).toEqual([...own, ...configurations]);
  expect(written.compounds).toEqual([own[1], ...compounds]);
});
