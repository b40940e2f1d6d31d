import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

// Supervisors end environments that they know of. A twin that is killed while it starts one leaves one that they do not know.
it.skipIf(process.platform === 'win32')(
  'an environment of Node.js whose twin is gone ends instead of failing to log that for ever',
  async () => {
    const bootstrap = fileURLToPath(new URL('../../../src/twin/lambda/bootstrap/node.mjs', import.meta.url));
    const child = spawn(process.execPath, [bootstrap], {
      // The code is gone with the run folder, and nobody listens.
      env: {
        LAMBDA_TASK_ROOT: '/nowhere',
        _HANDLER: 'index.handler',
        AWS_LAMBDA_RUNTIME_API: '127.0.0.1:1',
        _LAMBDA_TELEMETRY_LOG_FD: '3',
      },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    child.stdio[3]?.destroy();
    const killing = setTimeout(() => child.kill('SIGKILL'), 60_000);
    expect(await once(child, 'exit')).toEqual([1, null]);
    clearTimeout(killing);
  },
);
