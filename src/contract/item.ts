/** A JSON Schema in draft 4, the only draft that API Gateway models take. */
export interface JsonSchema {
  readonly [keyword: string]: string;
}

/**
 * Unreserved characters of RFC 3986, so that an id has one spelling in a URL: any other character can be percent-encoded, and a
 * policy that names one spelling would not apply to the other. A URL resolves the segments `.` and `..` to another path.
 */
export const idPattern = '^(?!\\.{1,2}$)[A-Za-z0-9._~-]{1,128}$';

/** Attributes that belong to the server. In a request body they are ignored, except `id`. */
export const serverOwnedAttributes = ['id', 'version', 'createdAt', 'updatedAt'] as const;

/**
 * Request models, by name: the gateway validates a body of type application/json against one. A JSON object is all that it asks;
 * the functions check the rest, as they can name what is wrong.
 */
export const models = {
  Item: { title: 'An item', type: 'object' },
} as const satisfies Record<string, JsonSchema>;

/** The name of a request model. */
export type ModelName = keyof typeof models;
