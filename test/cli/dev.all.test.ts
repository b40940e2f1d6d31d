import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../checkout.ts';
import { noSignals } from '../windows.ts';
import { endAfterEach, itemsIn, template, urlOf } from './running.ts';

endAfterEach();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-dev-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const edit = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
};

const watching = async (directory: string, file: string, ...args: string[]) => {
  const run = itemsIn(directory, 'local', '--watch', '--memory', '--port', '0', '--template', file, ...args);
  const url = await urlOf(run);
  await run.line(/^watching/);
  return { ...run, url };
};

describe.skipIf(noSignals)('items local --watch (needs signals)', () => {
  it.each([
    ['template.yaml', 'src/functions/typescript/get-item.ts', 'if (item === undefined) throw notFound(id);', '  (;'],
    ['template.python.yaml', 'src/functions/python/get_item.py', 'raise not_found(item_id)', '    (]'],
  ])('serves changes of what %s is generated from', async (file, handler, missing, broken) => {
    const directory = checkout(join(folder, file));
    for (const name of ['template.yaml', 'template.python.yaml']) copyFileSync(name, join(directory, name));
    const { url, line, errorLine, lines, child, end } = await watching(
      directory,
      file,
      '--parameter',
      'AuthorizationType=NONE',
    );
    const own = join(directory, handler);
    const get = async (id: string) => (await fetch(`${url}/items/${id}`)).json();
    await fetch(`${url}/items`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"id":"lamp"}' });
    expect(await get('none')).toMatchObject({ detail: 'There is no item with the id "none".' });

    edit(own, missing, missing.replace(/(not_?f?F?ound)\((\w+)\)/, '$1("some")'));
    await line(/^updated GetItemFunction(?:, \w+)* in \d+ ms$/);
    expect(await get('none')).toMatchObject({ detail: 'There is no item with the id "some".' });

    const good = readFileSync(own, 'utf8');
    writeFileSync(own, `${good}\n${broken}\n`);
    expect(await errorLine(new RegExp(`^${handler}:\\d+: `))).not.toContain('at ');
    await errorLine(/^no change was applied/);
    expect(await get('none')).toMatchObject({ detail: 'There is no item with the id "some".' });

    const before = lines();
    writeFileSync(own, good.replace('some', 'other').replace('"some"', '"other"'));
    await line(/^updated GetItemFunction(?:, \w+)* in/, before);
    expect(await get('none')).toMatchObject({ detail: 'There is no item with the id "other".' });

    edit(join(directory, 'src/contract/problems.ts'), 'There is no such item', 'Nothing here');
    await line(/^updated CreateItemFunction, ListItemsFunction, GetItemFunction/);
    expect(await get('none')).toMatchObject({ title: 'Nothing here' });

    edit(join(directory, 'src/contract/problems.ts'), 'There is no such route, or the request is not signed', 'No route');
    await line(
      /^updated Stage, replaced MissingAuthenticationTokenResponse.*created DeploymentNone\w+, deleted DeploymentNone/,
    );
    expect(await (await fetch(`${url}/nothing`)).json()).toMatchObject({ title: 'No route' });

    edit(join(directory, 'src/stack/stage.ts'), 'export const', 'export cons');
    await errorLine(/^src\/stack\/stage\.ts:\d+: /);
    // The item has been there all the time.
    expect(await get('lamp')).toMatchObject({ id: 'lamp', version: 1 });
    child.kill('SIGINT');
    expect(await end()).toMatchObject({ code: 0 });
  });

  it('serves changes of a template of one’s own, once for each that an editor saves', async () => {
    const directory = join(folder, 'own');
    mkdirSync(directory);
    const file = join(directory, 'mine.yaml');
    copyFileSync(template, file);
    const { url, line, errorLine, lines, child, end } = await watching(directory, 'mine.yaml');
    const post = async () => (await fetch(`${url}/items`, { method: 'POST', body: '{}' })).status;
    expect(await post()).toBe(200);
    const before = lines();
    const text = readFileSync(file, 'utf8').replace('statusCode: 200', 'statusCode: 299');
    // Empty first, then whole: as some editors do. The copy is not watched.
    writeFileSync(`${file}~`, text);
    writeFileSync(file, '');
    renameSync(`${file}~`, file);
    await line(/^updated Function in/, before);
    expect(await post()).toBe(299);
    const good = lines();
    writeFileSync(file, text.replace('statusCode: 299', 'statusCode: (299'));
    await line(/^updated Function in/, good);
    await errorLine(/^warning: Function \(.*\): its code has a syntax error in line 4, /);
    writeFileSync(file, Buffer.from(text.replace('# A stack', '# Ä stack'), 'latin1'));
    await errorLine(/^cannot read the template mine\.yaml: 0xC4 in line 1 \(byte 3\) is not UTF-8/);
    child.kill('SIGINT');
    const { stdout, stderr } = await end();
    expect(stdout.match(/^updated/gm)).toHaveLength(2);
    expect(stderr.match(/no change was applied/g)).toHaveLength(1);
  });
});
