import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StandIn } from './public-template.ts';

/** Creates a folder with a function that responds to every request with 200, and returns its path. */
export const makeStandIn = async ({ runtime, handler }: StandIn): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'stand-in-'));
  const [file = 'index', name = 'handler'] = handler.split('.');
  switch (runtime) {
    case 'nodejs':
      await writeFile(join(folder, `${file}.js`), `exports.${name} = async () => (${answer});\n`);
      break;
    case 'python':
      await writeFile(join(folder, `${file}.py`), `def ${name}(event, context):\n    return ${answer}\n`);
      break;
    case 'provided':
      await writeFile(join(folder, 'runtime.mjs'), client);
      await writeFile(join(folder, 'bootstrap'), `#!/bin/sh\nexec '${process.execPath}' runtime.mjs\n`);
      await chmod(join(folder, 'bootstrap'), 0o755);
  }
  return folder;
};

const answer = '{"statusCode": 200, "body": "stand-in"}';

/** Code of a client of the Runtime API. */
const client = `const runtime = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/';
for (;;) {
  const next = await fetch(runtime + 'next');
  await next.text();
  const id = next.headers.get('Lambda-Runtime-Aws-Request-Id');
  await fetch(runtime + id + '/response', { method: 'POST', body: '${answer}' });
}
`;
