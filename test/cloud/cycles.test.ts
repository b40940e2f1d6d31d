import { expect, it } from 'vitest';
import { typescript } from '../editions.ts';
import { adapted } from './adapt.ts';
import { serveCloud } from './cloud.ts';
import { openFront } from './front.ts';
import { deploy, destroy, inventory, invokeUrl } from './stack.ts';

const cloud = serveCloud();

it('is created and destroyed ten times in a row, and nothing is left of it', async () => {
  const template = adapted(typescript.template);
  const before = await inventory(cloud());
  for (let cycle = 1; cycle <= 10; cycle++) {
    await deploy(cloud(), 'items-cycle', template, { AuthorizationType: 'NONE' });
    const front = await openFront(cloud().endpoint, await invokeUrl(cloud(), 'items-cycle'));
    // The table is another one each time.
    expect(await (await fetch(`${front.url}/items`)).json(), `cycle ${cycle}`).toEqual({ items: [] });
    const created = await fetch(`${front.url}/items`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(created.status, `cycle ${cycle}`).toBe(201);
    await front.stop();
    await destroy(cloud(), 'items-cycle');
    expect(await inventory(cloud()), `cycle ${cycle}`).toEqual(before);
  }
});
