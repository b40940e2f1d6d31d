/* What a cold path is made of, step by step, for `node bench/phases/index.ts`: a line of JSON. */
const steps = {};
let at = performance.now();
steps['start of Node.js'] = performance.timeOrigin + at - Number(process.argv[2]);
const done = (name) => {
  const now = performance.now();
  steps[name] = now - at;
  at = now;
};

const { createHash, createHmac } = require('node:crypto');
done('loading node:crypto');
const { Agent, request } = require('node:https');
done('loading node:https and node:http');
createHash('sha256').update('text').digest('hex');
createHmac('sha256', 'key').update('text').digest('hex');
done('the first hash and the first HMAC');
const tls = require('node:tls');
const secureContext = tls.createSecureContext();
done('reading the certificates of authorities');

const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB);
const agent = new Agent({ keepAlive: true });
const socket = tls.connect({
  host: hostname,
  port,
  secureContext,
  ca: require('node:fs').readFileSync(process.env.NODE_EXTRA_CA_CERTS),
});
const ask = (name, next) =>
  request({ hostname, port, agent, createConnection: () => socket }, (response) => {
    response.resume().on('end', () => {
      done(name);
      next();
    });
  }).end();

socket.once('secureConnect', () => {
  done('the handshakes of TCP and TLS');
  agent.createConnection = () => socket;
  ask('the first request', () =>
    setImmediate(() => {
      at = performance.now();
      ask('the second request', () => {
        process.stdout.write(`${JSON.stringify(steps)}\n`);
        process.exit();
      });
    }),
  );
});
