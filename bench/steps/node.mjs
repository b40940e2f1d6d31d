// @ts-check
/* Runs instead of the runtime (../runtime/node.mjs): measures, step by step, a CommonJS handler until its first response. */
import { patchConsole } from '../../src/twin/lambda/bootstrap/console.mjs';
import { stepsSince } from './clock.mjs';

const [, , startedAt, event] = process.argv;
const { done, move, tell } = stepsSince(Number(startedAt));
const { _HANDLER, LAMBDA_TASK_ROOT } = process.env;
const [file, name = ''] = String(_HANDLER).split('#');
const requestId = '6f2d0c0e-3f43-4a3c-9b1e-2a7a4f1f3c55';
patchConsole(() => requestId);
const require = process.getBuiltinModule('node:module').createRequire(`${LAMBDA_TASK_ROOT}/`);
done('start of Node.js');
require('node:crypto');
done('loading node:crypto');
const https = require('node:https');
done('loading node:https');
// The code opens a connection while it is loaded. Node.js reads the certificates for it.
const { request } = https;
let ms = 0;
https.request = (/** @type {Parameters<typeof request>} */ ...parameters) => {
  const begun = performance.now();
  const asked = request(...parameters);
  ms += performance.now() - begun;
  return asked;
};
const module = require(`./${file}`);
done('the code itself');
// Lambda loads handlers with import(), which waits as well: the promise resolves when INIT has its first response.
await module;
const init = 'INIT: certificates, connection, and an answer that DynamoDB is healthy';
done(init);
move(ms, 'the code itself', init);
await module[name](JSON.parse(String(event)), { awsRequestId: requestId, getRemainingTimeInMillis: () => 30_000 });
done('the first request');
tell();
