// @ts-check
/* Runs instead of the runtime (../runtime/node.mjs): measures, step by step, the least that a DynamoDB call takes. */
import { stepsSince } from './clock.mjs';

const [, , startedAt] = process.argv;
const { done, tell } = stepsSince(Number(startedAt));
const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);
done('start of Node.js');
const { createHash, createHmac } = require('node:crypto');
done('loading node:crypto');
const { Agent, request } = require('node:https');
done('loading node:https');
createHash('sha256').update('text').digest('hex');
createHmac('sha256', 'key').update('text').digest('hex');
done('the first hash and the first HMAC');
const tls = require('node:tls');
const secureContext = tls.createSecureContext();
done('certificates of authorities');

const { hostname, port } = new URL(String(process.env.AWS_ENDPOINT_URL_DYNAMODB));
const socket = tls.connect({ host: hostname, port: Number(port), secureContext });
socket.once('secureConnect', () => {
  done('handshakes of TCP and TLS');
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = () => socket;
  request({ hostname, port, agent }, (response) => {
    response.resume().on('end', () => {
      done('the first request');
      tell();
    });
  }).end();
});
