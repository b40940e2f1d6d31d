import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { operations } from '../../../src/contract/operations.ts';

export type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
export type HandlerName = (typeof operations)[number]['handler'];

/** Imports the handler of every operation. They read the environment when they are imported, so set it before. */
export const importHandlers = async (): Promise<Readonly<Record<HandlerName, Handler>>> => {
  const entries = operations.map(async ({ handler }): Promise<[HandlerName, Handler]> => {
    const { lambda_handler } = await import(`../../../src/functions/typescript/${handler}.ts`);
    return [handler, lambda_handler];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<HandlerName, Handler>;
};
