/** A list that comes from JSON. It prints as JSON, a list that a template made itself as Java's do: `[a, b]`. */
class JsonList extends Array<unknown> {}

/** Parses JSON for a template. */
export const parseJson = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) => (Array.isArray(value) ? toJsonList(value) : value));

export const toJsonList = (list: readonly unknown[]): unknown[] => JsonList.from(list);

/** Prints a value, as recorded: a map as Java's, `{a=1, b=2}`, a list from JSON as JSON, wherever it is. */
export const print = (value: unknown): string => {
  if (value instanceof JsonList) {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(print).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, member]) => `${key}=${print(member)}`);
    return `{${entries.join(', ')}}`;
  }
  return String(value);
};
