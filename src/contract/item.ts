/** A JSON Schema in draft 4, the only draft that API Gateway models take. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * Unreserved characters of RFC 3986, so that an id has one spelling in a URL: any other character can be percent-encoded, and a
 * policy that names one spelling would not apply to the other. A URL resolves the segments `.` and `..` to another path.
 */
export const idPattern = '^(?!\\.{1,2}$)[A-Za-z0-9._~-]{1,128}$';

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
