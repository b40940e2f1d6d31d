import { expect, it } from 'vitest';
import { openApi } from '../../src/conformance/api.ts';
import { inPython, typescript } from '../editions.ts';
import { adapted } from './adapt.ts';
import { serveCloud } from './cloud.ts';
import { openFront } from './front.ts';
import { aws, deploy, invokeUrl } from './stack.ts';

const cloud = serveCloud();

it('a stack changes from one edition to the other and back with its items in place', async () => {
  const runtime = async () => {
    const { Functions } = await aws(cloud(), 'lambda', 'list-functions');
    return new Set(Functions.map(({ Runtime }: { Runtime: string }) => Runtime));
  };
  await deploy(cloud(), 'items-both', adapted(typescript.template), { AuthorizationType: 'NONE' });
  const url = await invokeUrl(cloud(), 'items-both');
  const front = await openFront(cloud().endpoint, url);
  const api = openApi({ url: front.url });
  const item = await api.create({ name: 'lamp', price: 12.5 });
  for (const [edition, expected] of [
    [inPython, 'python3.14'],
    [typescript, 'nodejs24.x'],
  ] as const) {
    await deploy(cloud(), 'items-both', adapted(edition.template), { AuthorizationType: 'NONE' });
    expect(await runtime()).toEqual(new Set([expected]));
    expect(await invokeUrl(cloud(), 'items-both')).toBe(url);
    expect((await api.request('GET', `/items/${item.id}`)).json()).toEqual(item);
  }
  await front.stop();
});
