import type { Stack } from '../local/index.ts';

/** A curl command that creates an item, ready to paste into a shell; undefined if the template says no `ApiInvokeUrl`. */
export const curlLine = ({ outputs, apiKey }: Pick<Stack, 'outputs' | 'apiKey'>): string | undefined => {
  const url = outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value;
  if (url === undefined) return undefined;
  const headers = ['Content-Type: application/json', ...(apiKey === undefined ? [] : [`x-api-key: ${apiKey}`])];
  const body = JSON.stringify({ name: 'First item' });
  return ['curl -i', quote(`${url}/items`), ...headers.map((header) => `-H ${quote(header)}`), `-d ${quote(body)}`].join(
    ' ',
  );
};

/** For POSIX shells; what needs no quotes gets none. */
const quote = (text: string): string => (/^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
