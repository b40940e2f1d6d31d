/** A list from JSON, which prints as JSON. A list created in a template prints as in Java: `[a, b]`. */
class JsonList extends Array<unknown> {}

/** Parses JSON for a template. */
export const parseJson = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) => (Array.isArray(value) ? toJsonList(value) : value));

export const toJsonList = (list: readonly unknown[]): unknown[] => JsonList.from(list);

/** Prints a value, as recorded: a map as in Java, `{a=1, b=2}`, and a list from JSON as JSON at any depth. */
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
