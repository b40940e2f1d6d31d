import type { Explanation } from './explanations.ts';

const tls = `\`node bench/phases/index.ts\` times the steps that nobody who asks DynamoDB from Node.js gets around, with no code of ours in them (medians of
30, in ms; the first is not in the figures above):

| step | ms |
|---|---|
| start of Node.js | 35.5 |
| loading \`node:crypto\` | 7.2 |
| loading \`node:https\` and \`node:http\` | 4.4 |
| the first hash and the first HMAC | 1.0 |
| reading the certificates of authorities | 4.5 |
| the handshakes of TCP and TLS | 11.4 |
| the first request | 8.7 |
| the second request | 2.6 |

That is 37 ms to the first answer, a quarter of what the SDK takes on this Node.js, so a sixth cannot be had.`;

/** Of the targets that the last results miss. */
export const missed: readonly Explanation[] = [
  {
    suite: 'cold',
    quantity: /^(Get|Create)Item: module load and first answer$/,
    against: 'AWS SDK',
    heading: 'A sixth of the SDK is less than TLS takes',
    text: `${tls} What was tried: reading \`node:crypto\` and \`node:https\` only, no \`URL\` and no \`AbortSignal\` for a request, a signing key that is kept, and the connection opened in INIT, without and with an answer asked for.`,
  },
  {
    suite: 'cold',
    quantity: /^GetItem: module load and first answer$/,
    against: 'raw request',
    heading: 'Ours asks twice',
    text: 'In INIT it asks DynamoDB whether it is healthy and waits for the answer, a request more (the second in the table above); the rest is code of ours that is read and runs for the first time. The ratio wavers about 1.3 from run to run. With the CPU of 256 MB the same happens in INIT, where it costs least, and makes the first answer many times faster (the next section), which is what clients wait for.',
  },
  {
    suite: 'cold',
    quantity: /peak memory$/,
    against: 'AWS SDK',
    heading: 'Node.js alone takes more than half',
    text: 'The empty handler takes 45 MB of the 73 that the SDK comes to, and the raw request, which is what TLS needs, 56: there is half a megabyte left above that, which is ours.',
  },
  {
    suite: 'cold',
    quantity: /in Python: module load and first answer$/,
    against: 'boto3',
    heading: 'The same in Python',
    text: 'The raw request takes over four fifths of what ours does: loading `ssl` and `http.client`, reading the certificates and the handshake. What is ours is mostly compiling the code (7 ms, measured by hand), which Lambda does at each start as well, as nothing can be written beside inline code.',
  },
  {
    suite: 'warm',
    quantity: /^(GetItem, (1|16)|CreateItem, 1) at a time: CPU per request$/,
    against: 'AWS SDK',
    heading: 'A request of Node.js is most of it',
    text: 'The raw request takes over four fifths of what ours does, a third of what the SDK does, so 0.4 is near the floor, and single runs fall to either side of it. Of a profile of ours, taken by hand with `--cpu-prof`, a fifth is the system call that writes, encryption included, a quarter the machinery of `node:https`, a tenth the signature, and 5 % the line that is logged. Measured by hand on the way, keeping the signing key took 25 % off, a timer in place of an `AbortSignal` 10 %, options in place of a `URL` 4 %. aws-lite is where we are.',
  },
  {
    suite: 'warm',
    quantity: /in Python, .*CPU per request$/,
    against: 'boto3',
    heading: 'The same in Python',
    text: 'Over half is the raw request; the rest validates, keeps numbers exact and logs a line, none of which the sample does.',
  },
  {
    suite: 'twin',
    quantity: /^(warm latency|GETs a second)/,
    against: 'ministack',
    heading: 'ministack answers in 10 ms, and the twin does what it leaves out',
    text: `The targets stem from a time when it took longer. It keeps DynamoDB in its own process and holds no request of a function against a network or an endpoint policy; the twin has a process for DynamoDB, so that it survives what dynalite does not, and one for each execution environment, as on Lambda, which it freezes between invocations. Of a warm GET (\`node bench/phases/index.ts\`, medians of 500, in ms):

| part | ms |
|---|---|
| gateway, Runtime API, thawing and freezing | 0.6 |
| the function, and the DynamoDB endpoint with signature, policies and network | 2.1 |
| dynalite, asked directly | 0.8 |
| all | 3.5 |

So a tenth of ministack's 10 ms would be little more than dynalite. A profile under load, taken by hand, has a fifth of the time in writes to sockets and 15 % in the signals that freeze and thaw. Not freezing at once would save these, and let functions run on after their answer, which Lambda does not; so it stays. On 32 connections all share two cores with the client.`,
  },
];
