import { createFixture } from './fixture.ts';

/*
 * A twin for the test to kill: its functions connect to the test's port. One never comes back; of the other the twin has an
 * answer when it invokes the first, so that it is frozen then.
 */
const { create, invoke } = createFixture();
const connect = `
  const socket = require('net').connect(port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));`;
const idle = create('idle', `exports.lambda_handler = async ({ port }) => {${connect}}`);
const busy = create(
  'busy',
  `exports.lambda_handler = async ({ port }) => {${connect}
    await new Promise((resolve) => socket.once('data', resolve));
    for (;;);
  }`,
  { timeout: 900 },
);
const port = Number(process.argv[2]);
await invoke(idle, { port });
await invoke(idle, { port });
await invoke(busy, { port });
