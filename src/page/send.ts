import type { IncomingMessage } from 'node:http';
import { maxBodyBytes } from '../local/gateway/limits.ts';
import type { Handler, PageContext } from './context.ts';
import { forward } from './forward.ts';
import { reject } from './reject.ts';
import { isOfStage, parseSentRequest } from './sent-request.ts';
import { signer } from './sign.ts';

/** Sends what the page posts to the API of the stack, signed where its methods ask for AWS_IAM, and responds as the API does. */
export const createSender = ({ stack, invokeUrl }: PageContext): Handler => {
  const sign = stack.credentials && signer(stack.credentials);
  return async (request, response) => {
    const posted = await read(request);
    if (posted === undefined) return reject(response, 413, `The API takes bodies of up to ${maxBodyBytes} bytes.`);
    const sent = parseSentRequest(posted);
    if (sent === undefined) return reject(response, 400, 'This is not how the page asks for a request to be sent.');
    if (!isOfStage(sent.url, invokeUrl)) return reject(response, 403, `This page sends requests to ${invokeUrl} only.`);
    const isSigned = sent.headers.some(([name, value]) => name.toLowerCase() === 'authorization' && value !== '');
    await forward(sign && !isSigned ? await sign(sent) : sent, response);
  };
};

/**
 * The whole body; undefined if it is larger than API Gateway takes, with room for the line in front of it. That is read to its end as
 * well, or the browser would show a lost connection instead of the response.
 */
const read = async (message: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > maxPostedBytes) chunks.length = 0;
    else chunks.push(chunk);
  }
  return size > maxPostedBytes ? undefined : Buffer.concat(chunks);
};

const maxPostedBytes = maxBodyBytes + 65_536;
