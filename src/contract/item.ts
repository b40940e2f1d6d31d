/** A JSON Schema in draft 4, the only draft that API Gateway models take. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** Ids go into URLs as they are: RFC 3986 unreserved characters, `:` and `@`, and never `.` or `..`, which URLs resolve away. */
export const idPattern = '^(?!\\.{1,2}$)[A-Za-z0-9._~:@-]{1,128}$';

/** Attributes that belong to the server. In a request body they are ignored, except `id`. */
export const serverOwnedAttributes = ['id', 'version', 'createdAt', 'updatedAt'] as const;

/** Request models, by name: what the gateway holds a body against before a function sees it. */
export const models = {
  NewItem: {
    title: 'An item to create',
    type: 'object',
    properties: { id: { type: 'string', pattern: idPattern } },
  },
  Item: {
    title: "An item's attributes",
    type: 'object',
    properties: { id: { type: 'string' } },
  },
} as const satisfies Record<string, JsonSchema>;

/** The name of a request model. */
export type ModelName = keyof typeof models;
