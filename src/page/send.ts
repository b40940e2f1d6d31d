import { maxBodyBytes } from '../twin/gateway/limits.ts';
import type { Handler } from './context.ts';
import type { Deliver } from './deliver.ts';
import { readBody } from './read-body.ts';
import { reject } from './reject.ts';
import { isOfStage, parseSentRequest } from './sent-request.ts';

/** Creates the handler that sends the posted request to the stage, and responds as the API does. */
export const createSender =
  (invokeUrl: string | undefined, deliver: Deliver): Handler =>
  async (request, response) => {
    if (invokeUrl === undefined)
      return reject(response, 403, 'No stage of this stack has every operation of the Items API.');
    const posted = await readBody(request, maxPostedBytes);
    if (posted === undefined) return reject(response, 413, `The API accepts bodies of at most ${maxBodyBytes} bytes.`);
    const sent = parseSentRequest(posted);
    if (sent === undefined) return reject(response, 400, 'The request is malformed.');
    if (!isOfStage(sent.url, invokeUrl)) return reject(response, 403, `This page sends requests to ${invokeUrl} only.`);
    await deliver(sent, response);
  };

/** API Gateway's limit, with room for the line before the body. */
const maxPostedBytes = maxBodyBytes + 65_536;
