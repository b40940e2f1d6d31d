import type { ServerResponse } from 'node:http';
import type { Description } from '../twin/index.ts';
import { forward } from './forward.ts';
import type { SentRequest } from './sent-request.ts';
import { signer } from './sign.ts';

/** Sends a request to the API and forwards the response. */
export type Deliver = (sent: SentRequest, response: ServerResponse) => Promise<void>;

/**
 * Creates the function that sends requests. It signs those without an Authorization header if methods of the stack require
 * AWS_IAM.
 */
export const createDelivery = ({ credentials }: Pick<Description, 'credentials'>): Deliver => {
  const sign = credentials && signer(credentials);
  return async (sent, response) => {
    const isSigned = sent.headers.some(([name, value]) => name.toLowerCase() === 'authorization' && value !== '');
    await forward(sign && !isSigned ? await sign(sent) : sent, response);
  };
};
