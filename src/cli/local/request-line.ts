import type { RequestRecord } from '../local/gateway/index.ts';

/** `12:00:00.000 201 POST /v1/items 12 ms items-dev-create-item 4c4b…`: one line a request. */
export const requestLine = ({ time, status, method, path, latency, functionName = '-', requestId }: RequestRecord): string =>
  `${time.toISOString().slice(11, 23)} ${status} ${method} ${printable(path)} ${latency} ms ${functionName} ${requestId}`;

/** Node.js accepts bytes in a request target that would confuse a terminal. */
const printable = (path: string): string => path.replace(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character));
