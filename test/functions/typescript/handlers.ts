import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

export type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
export type HandlerName = (typeof handlerNames)[number];

/** The names of all handlers. */
export const handlerNames = ['create-item', 'list-items', 'get-item', 'update-item', 'delete-item'] as const;

/** Imports the handler of every operation. They read the environment when they are imported, so set it before. */
export const importHandlers = async (): Promise<Readonly<Record<HandlerName, Handler>>> => {
  const entries = handlerNames.map(async (handler): Promise<[HandlerName, Handler]> => {
    const { lambda_handler } = await import(`../../../src/functions/typescript/${handler}.ts`);
    return [handler, lambda_handler];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<HandlerName, Handler>;
};
