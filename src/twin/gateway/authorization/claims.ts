import type { Json, JsonObject } from '../../../cloudformation/json.ts';

/**
 * Converts the claims of a token into `$context.authorizer.claims`, where all values are strings. Lists are joined with commas.
 * As recorded, `exp` and `iat` look like `Sun Nov 22 09:05:03 UTC 2026`, while other times (`auth_time`) remain numbers.
 */
export const claimStrings = (claims: JsonObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      (name === 'exp' || name === 'iat') && typeof value === 'number' ? dateString(value) : text(value),
    ]),
  );

const text = (value: Json): string => {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(text).join(',') : JSON.stringify(value);
};

const dateString = (seconds: number): string => {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return String(seconds);
  // The format is `Sun, 22 Nov 2026 09:05:03 GMT`.
  const [weekday = '', day, month, year, time] = date.toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${month} ${day} ${time} UTC ${year}`;
};
