/** Key for the comment that the template has above an object. `JSON.stringify` and `Object.entries` ignore it. */
export const commentKey = Symbol('comment');

/** Returns a copy of the value with a comment, which the template has above it. A line break begins a paragraph. */
export const commented = <T extends object>(text: string, value: T): T =>
  Object.assign(Array.isArray(value) ? [...value] : { ...value }, { [commentKey]: text }) as T;

/** Returns the comment of a value, if it has one. */
export const commentOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? (value as { [commentKey]?: string })[commentKey] : undefined;
