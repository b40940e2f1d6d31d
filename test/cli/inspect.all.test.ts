import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../checkout.ts';
import { freePort } from '../free-port.ts';
import { attach, functionScript, paused, setBreakpoint, sourceMapOf } from '../twin/lambda/inspect/inspector-client.ts';
import { noSignals } from '../windows.ts';
import { endAfterEach, items, itemsIn, local, urlOf } from './running.ts';

endAfterEach();

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'items-inspect-')));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(noSignals)('items local --inspect (needs signals)', () => {
  it('debugs the sources, before and after a change', async () => {
    const directory = checkout(join(folder, 'own'));
    for (const name of ['template.yaml', 'template.python.yaml']) copyFileSync(name, join(directory, name));
    const common = ['--memory', '--port', '0', '--parameter', 'AuthorizationType=NONE'];
    const run = itemsIn(directory, 'local', '--watch', '--inspect=0', ...common);
    const url = await urlOf(run);
    const port = Number(/:(\d+) /.exec(await run.line(/^ {2}Debugger .*\(GetItemFunction\)$/))?.[1]);
    await run.line(/^watching/);
    const file = join(directory, 'src/functions/typescript/get-item.ts');
    const text = readFileSync(file, 'utf8');
    const missing = 'if (item === undefined) throw notFound(id);';

    const stopAt = async (source: string): Promise<void> => {
      const line = source.split('\n').findIndex((one) => one.includes(missing));
      const client = await attach(port);
      const script = await functionScript(client);
      await setBreakpoint(client, script, pathToFileURL(file).href, line);
      const answer = fetch(`${url}/items/none`);
      const { lineNumber, columnNumber } = await paused(client);
      const place = { originalSource: pathToFileURL(file).href, originalLine: line };
      expect(sourceMapOf(script).findEntry(lineNumber, columnNumber)).toMatchObject(place);
      await client.ask('Debugger.resume');
      expect((await answer).status).toBe(404);
    };
    await stopAt(text);
    const changed = text.replace('\nexport const lambda_handler', '\n// A line more.\n\nexport const lambda_handler');
    writeFileSync(file, changed);
    await run.line(/^updated GetItemFunction(?:, \w+)* in/);
    await stopAt(changed);
    run.child.kill('SIGINT');
    expect(await run.end()).toMatchObject({ code: 0 });
  });

  it('tells which functions have no source map, as those of another project', async () => {
    const run = local('--inspect', String(await freePort()));
    await run.line(/^ {2}Debugger +127\.0\.0\.1:\d+ \(Function, without source map\)$/);
    run.child.kill('SIGINT');
    expect(await run.end()).toMatchObject({ code: 0 });
  });

  it('names the option when a port is taken or not there', async () => {
    const port = String(await freePort());
    const first = local('--inspect', port);
    await first.line(/^ {2}Debugger /);
    expect(await local('--inspect', port).end()).toMatchObject({
      code: 1,
      stderr: `port ${port}, for the debugger of Function, is taken; choose another first port with --inspect=PORT\n`,
    });
    const { code, stderr } = await items('local', '--memory', '--port', '0', '--inspect=65535').end();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^port 65536, for .*; choose another first port with --inspect=PORT\n$/),
    ]);
  });
});
