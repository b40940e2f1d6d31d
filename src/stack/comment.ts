/** Key under which an object carries the comment that the template has above it. JSON and `Object.entries` do not see it. */
export const commentKey = Symbol('comment');

/** The value, with a comment above it in the template. A line break begins a paragraph. */
export const commented = <T extends object>(text: string, value: T): T =>
  Object.assign(Array.isArray(value) ? [...value] : { ...value }, { [commentKey]: text }) as T;

/** The comment of a value, if it has one. */
export const commentOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? (value as { [commentKey]?: string })[commentKey] : undefined;
