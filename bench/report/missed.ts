import type { Explanation } from './explanations.ts';

/**
 * Explanations of the targets that the last results miss. Their figures are in the tables above them, from the same run. Figures
 * of alternatives that were tried were measured by hand, and the text says so.
 */
export const missed: readonly Explanation[] = [
  {
    suite: 'cold',
    quantity: /^(Get|Create)Item: module load and first answer$/,
    against: 'AWS SDK',
    heading: 'A sixth of the SDK is less than TLS takes',
    text: 'What nobody gets around in Node.js who asks over TLS (loading `node:crypto` and `node:https`, the certificates, the handshakes, a request) is more than a sixth of what the SDK takes here in all. What was tried: reading `node:crypto` and `node:https` only, no `URL` and no `AbortSignal` for a request, a signing key that is kept, and the connection opened in INIT, without and with an answer asked for.',
  },
  {
    suite: 'cold',
    quantity: /peak memory$/,
    against: 'AWS SDK',
    heading: 'Node.js alone takes more than half',
    text: 'Half of the SDK’s memory is less than an empty handler has. Above that is what TLS needs; ours adds next to nothing.',
  },
  {
    suite: 'cold',
    quantity: /in Python: module load and first answer$/,
    against: 'boto3',
    heading: 'The same in Python',
    text: 'Loading `ssl` and `http.client`, reading the certificates and the handshake take most of it; of ours there is the compiling.',
  },
  {
    suite: 'warm',
    quantity: /^(Get|Create)Item, \d+ at a time: CPU per request$/,
    against: 'AWS SDK',
    heading: 'A request of Node.js is most of it',
    text: 'The largest part of what ours takes is a request by the client that Node.js has, before it is signed; next come checks and exact numbers, which the SDK’s sample does without. Single runs fall to either side of 0.4. Measured by hand on the way, keeping the signing key took 25 % off, a timer in place of an `AbortSignal` 10 %, looking for long numbers where a number can begin only 8 %, options in place of a `URL` 4 %.',
  },
  {
    suite: 'warm',
    quantity: /in Python, .*CPU per request$/,
    against: 'boto3',
    heading: 'The same in Python',
    text: 'What ours does beside the request, it validates, keeps numbers exact and logs a line: the sample does none of that.',
  },
  {
    suite: 'twin',
    quantity: /^warm latency of a GET/,
    against: 'serverless-offline',
    heading: 'Two steps more than serverless-offline',
    text: 'A GET of the twin goes from one process or thread to another eight times, one of serverless-offline six times: the call of DynamoDB goes through the twin, which verifies its signature, network path and policies, before the process of the database gets it. The table shows the parts. Six full runs on two processors gave ratios of 1.07 to 1.22. Of a profile taken by hand on the slower one, 1.9 ms are the main process in a GET (4.4 ms before, when the ratio was 1.64): 0.3 ms are the DynamoDB endpoint, 0.25 ms the gateway, 0.1 ms the event, 0.13 ms log lines and the console after the response, the rest HTTP and sockets of Node.js. What was tried and kept: events over a descriptor in place of HTTP, no signals between requests that follow within 5 ms, messages in place of HTTP to the database, log lines after the response, permits that are remembered, fewer environments than connections. What was tried and left: one message for a response and the wish for the next event (an environment that runs on after its response would not end at its timeout), a lower priority of environments, and two or four environments at most (no difference). Left after a design: the DynamoDB endpoint in the process of the database, which would save two of the eight steps. The record of a call would then reach the gateway over another connection than the response of the function, so that log lines and the console could lack a call of the request; a message that waits for the record costs the steps again. Verifying a signature takes 0.02 ms, so nothing is left to save there.',
  },
  {
    suite: 'twin',
    quantity: /^(warm latency|GETs a second)/,
    against: 'ministack',
    heading: 'The twin does what ministack leaves out',
    text: 'ministack keeps DynamoDB in its own process and compares no request of a function with a network or an endpoint policy. The twin has a process for DynamoDB, so that it survives what dynalite does not, and one for each execution environment, as on Lambda. A tenth of ministack’s latency would be little more than dynalite alone.',
  },
];
