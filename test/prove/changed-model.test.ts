import { expect, it } from 'vitest';
import { changedModel } from '../../prove/changed-model.ts';
import { start } from '../../src/twin/index.ts';
import { editions, typescript } from '../editions.ts';

const deployments = (template: string): string[] => template.match(/\bDeployment[A-Z]\w*?[0-9a-f]{10}\b/g) ?? [];

it.each(editions)(
  'gives the $name edition another model, and its deployments new ids wherever they stand',
  ({ template }) => {
    const changed = changedModel(template);
    expect(changed.split('\n')).toHaveLength(template.split('\n').length + 1);
    expect(changed).toContain('\n        type: object\n        properties: { price: { type: number } }\n');
    const before = deployments(template);
    const after = deployments(changed);
    expect(after).toHaveLength(before.length);
    expect(new Set(after).size).toBe(6);
    expect(after.filter((id) => before.includes(id))).toEqual([]);
  },
);

it('rejects a template that it cannot change', () => {
  expect(() => changedModel('Resources: {}')).toThrow('no deployment');
  expect(() => changedModel(typescript.template.replace('title: An item', 'title: Another'))).toThrow('no model Item');
});

it('asks for a number, in the twin', async () => {
  const stack = await start(changedModel(typescript.template), typescript.options);
  try {
    const url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value;
    const post = async (body: string) =>
      (await fetch(`${url}/items`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
    expect(await post('{"price":2}')).toBe(201);
    expect(await post('{"price":"much"}')).toBe(400);
  } finally {
    await stack.stop();
  }
});
