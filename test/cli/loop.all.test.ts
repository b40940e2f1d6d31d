import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../checkout.ts';
import { attach, functionScript, paused, setBreakpoint } from '../twin/lambda/inspect/inspector-client.ts';
import { noSignals } from '../windows.ts';
import { endAfterEach, itemsIn, urlOf } from './running.ts';

endAfterEach();

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'items-loop-')));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(noSignals)('the inner loop (needs signals)', () => {
  it('goes from a seeded start over changes, a breakpoint and a denied request to the items in the table', async () => {
    const directory = checkout(join(folder, 'own'));
    for (const name of ['template.yaml', 'template.python.yaml']) copyFileSync(name, join(directory, name));
    writeFileSync(join(directory, 'items.ndjson'), '{"id":"lamp","price":0.10}\n{"id":"chair"}\n');
    // `npm run dev -- …`, without npm.
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { dev: string } };
    const [, , ...dev] = scripts.dev.split(' ');
    const run = itemsIn(directory, ...dev, '--port', '0', '--inspect=0', '--seed', 'items.ndjson');
    const url = await urlOf(run);
    const port = Number(/:(\d+) /.exec(await run.line(/^ {2}Debugger .*\(UpdateItemFunction\)$/))?.[1]);
    await run.line(/^watching/);
    await run.line(/^seeded 2 items, 0 existed already/);
    const get = async (id: string) => (await (await fetch(`${url}/items/${id}`)).json()) as { detail?: string };

    const getItem = join(directory, 'src/functions/typescript/get-item.ts');
    const text = readFileSync(getItem, 'utf8');
    const missing = 'if (item === undefined) throw notFound(id);';
    expect(text).toContain(missing);
    const changed = text.replace(
      missing,
      `console.log('looking', { id });\n  ${missing.replace('(id)', '("none of these")')}`,
    );
    writeFileSync(getItem, changed);
    await run.line(/^updated GetItemFunction(?:, \w+)* in \d+ ms$/);
    expect((await get('none')).detail).toContain('none of these');
    await run.line(
      / 404 GET \/v1\/items\/none \d+ ms \(gateway \d+, function \d+.*\) items-local-GetItem: There is no item/,
    );
    await run.line(/^items-local-GetItem: looking \{ id: 'none' \}$/);

    writeFileSync(getItem, changed.replace('console.log(', 'console.log('.repeat(2)));
    expect(await run.errorLine(/get-item\.ts:\d+: /)).toBeTruthy();
    await run.errorLine(/^no change was applied/);
    expect((await get('none')).detail).toContain('none of these');

    const updateItem = join(directory, 'src/functions/typescript/update-item.ts');
    const line = readFileSync(updateItem, 'utf8')
      .split('\n')
      .findIndex((one) => one.includes('await write('));
    expect(line).toBeGreaterThan(0);
    const client = await attach(port);
    await setBreakpoint(client, await functionScript(client), pathToFileURL(updateItem).href, line);
    const put = fetch(`${url}/items/lamp`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: '{"price":12345678901234567890.1}',
    });
    await paused(client);
    await client.ask('Debugger.resume');
    expect((await put).status).toBe(200);

    writeFileSync(getItem, changed);
    const operation = join(directory, 'src/stack/operation.ts');
    const stack = readFileSync(operation, 'utf8');
    const statement = /(Sid: 'UseTableFromThisVpc',\s+Effect: )'Allow'/;
    expect(stack).toMatch(statement);
    writeFileSync(operation, stack.replace(statement, "$1'Deny'"));
    await run.line(/^(?:updated .*)?replaced .*Role/);
    expect((await fetch(`${url}/items/lamp`)).status).toBe(500);
    expect(await run.line(/ 500 GET \/v1\/items\/lamp /)).toMatch(
      /items-local-GetItem: DynamoDB GetItem: AccessDeniedException: statement "UseTableFromThisVpc" of the policy GetItem of GetItemRole denies dynamodb:GetItem on ItemsTable$/,
    );

    const shown = await itemsIn(directory, 'show', 'items-dev', 'lamp').end();
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain('12345678901234567890.1');
    run.child.kill('SIGINT');
    expect(await run.end()).toMatchObject({ code: 0 });
  });
});
