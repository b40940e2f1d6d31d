import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { LocalError } from '../../src/cloudformation/errors.ts';
import { type Stack, start } from '../../src/twin/index.ts';

const template = readFileSync('template.yaml', 'utf8');
const parameters = { AuthorizationType: 'NONE' };

let stack: Stack | undefined;
afterEach(() => stack?.stop());

const opened = async (text = template) => {
  const running = await start(text, { parameters });
  stack = running;
  const url = running.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value;
  const request = (path: string, init?: RequestInit) =>
    fetch(`${url}${path}`, { headers: { 'Content-Type': 'application/json' }, ...init });
  return { running, url, request };
};

/** The template with a text replaced that it has. */
const changed = (from: string | RegExp, to: string): string => {
  const text = template.replace(from, to);
  expect(text).not.toBe(template);
  return text;
};

/** GET responds with 299 and these words, after as many milliseconds. */
const answering = (words: string, delay = 0): string =>
  changed(
    "exports.lambda_handler = createHandler('GetItem', async (request) => {",
    `exports.lambda_handler = async () => { await new Promise((resolve) => setTimeout(resolve, ${delay})); return { statusCode: 299, body: '${words}' }; };\n              const unused = (async (request) => {`,
  );

it('a change of code is in the next response, and touches nothing else', async () => {
  const { running, request } = await opened();
  await request('/items', { method: 'POST', body: '{"id":"lamp"}' });
  expect((await request('/items/lamp')).status).toBe(200);
  const { changes } = await running.update(answering('new'));
  expect(changes).toEqual({ stopped: new Set(), updated: new Set(['GetItemFunction']), begun: new Set() });
  const response = await request('/items/lamp');
  expect([response.status, await response.text()]).toEqual([299, 'new']);
  await running.update(template);
  expect(await (await request('/items/lamp')).json()).toMatchObject({ id: 'lamp' });
});

it('an invocation under way finishes with the code that it began with', async () => {
  const { running, request } = await opened(answering('old', 300));
  await request('/items/lamp');
  const underWay = request('/items/lamp');
  await request('/items', { method: 'POST', body: '{"id":"lamp"}' });
  await running.update(answering('new'));
  expect(await (await request('/items/lamp')).text()).toBe('new');
  expect(await (await underWay).text()).toBe('old');
});

it('the same template changes nothing', async () => {
  const { running } = await opened();
  const { changes } = await running.update(template);
  expect(changes).toEqual({ stopped: new Set(), updated: new Set(), begun: new Set() });
});

it('a change of the API is served at the same URL, and the table keeps its items', async () => {
  const { running, url, request } = await opened();
  await request('/items', { method: 'POST', body: '{"id":"lamp"}' });
  const text = changed(/DeploymentNone\w+(?=:\n)/, 'DeploymentNoneNext').replace(
    /!Ref DeploymentNone(?!Next)\w+/g,
    '!Ref DeploymentNoneNext',
  );
  const { changes, outputs } = await running.update(
    text.replace('There is no such route, or the request is not signed', 'Not here'),
  );
  expect(changes.begun).toEqual(new Set(['MissingAuthenticationTokenResponse', 'DeploymentNoneNext']));
  expect(outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value).toBe(url);
  expect(await (await request('/nothing')).json()).toMatchObject({ title: 'Not here' });
  expect(await (await request('/items/lamp')).json()).toMatchObject({ id: 'lamp' });
});

it('a change that reaches the server itself comes back at the same port', async () => {
  const { running, url, request } = await opened();
  await request('/items', { method: 'POST', body: '{"id":"lamp"}' });
  const { changes } = await running.update(
    changed('Description: Items API\n      Endpoint', 'Description: Other\n      Endpoint'),
  );
  expect(changes.begun).toContain('RestApi');
  expect(changes.stopped).not.toContain('ItemsTable');
  expect(await (await fetch(`${url}/items/lamp`)).json()).toMatchObject({ id: 'lamp' });
});

it('a setting of the table leaves its items', async () => {
  const { running, request } = await opened();
  await request('/items', { method: 'POST', body: '{"id":"lamp"}' });
  const { changes } = await running.update(changed('PointInTimeRecoveryEnabled: true', 'PointInTimeRecoveryEnabled: false'));
  expect([...changes.updated]).toEqual(['ItemsTable']);
  expect((await request('/items/lamp')).status).toBe(200);
});

it.each([
  ['is no YAML', () => 'Resources: ['],
  ['has a property that does not exist', () => changed('MemorySize: !Ref MemorySize', 'MemorySise: !Ref MemorySize')],
  [
    'has a role that cannot be created',
    () => changed('service-role/AWSLambdaVPCAccessExecutionRole', 'service-role/Nothing'),
  ],
  ['has a function that cannot be updated', () => changed('Runtime: nodejs24.x', 'Runtime: python3.2')],
])('a template that %s changes nothing', async (_, text) => {
  const { running, request } = await opened();
  await request('/items', { method: 'POST', body: '{"id":"lamp"}' });
  await expect(running.update(text())).rejects.toThrow(LocalError);
  expect(await (await request('/items/lamp')).json()).toMatchObject({ id: 'lamp' });
  await running.update(answering('new'));
  expect(await (await request('/items/lamp')).text()).toBe('new');
});
