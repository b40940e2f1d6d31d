/**
 * Returns the time of day with milliseconds, in the reader's time zone.
 * @param {string} iso
 */
export const clockTime = (iso) => {
  const date = new Date(iso);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
};

/** @param {number} milliseconds */
export const duration = (milliseconds) =>
  milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** @param {number} bytes */
export const size = (bytes) => {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};

/** Returns the class of a status, such as `2xx` for 204.
 * @param {number} status
 */
export const statusClass = (status) => `${Math.floor(status / 100)}xx`;

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
