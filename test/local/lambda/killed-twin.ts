import { createFixture } from './fixture.ts';

/* A twin for the test to kill: invokes a function that connects to the test's port and then never comes back. */
const { create, invoke } = createFixture();
const arn = create(
  'busy',
  `exports.lambda_handler = async ({ port }) => {
    const socket = require('net').connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('data', resolve));
    for (;;);
  }`,
  { timeout: 900 },
);
await invoke(arn, { port: Number(process.argv[2]) });
