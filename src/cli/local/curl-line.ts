import type { Stack } from '../local/index.ts';

/**
 * A curl command that creates an item, ready to paste into a shell; undefined if the template says no `ApiInvokeUrl`. Where the
 * methods ask for a token of a user pool, the shell variable TOKEN stands for it.
 */
export const curlLine = (stack: Pick<Stack, 'outputs'> & Partial<Stack>): string | undefined => {
  const { outputs, apiKey, credentials, authorizationTypes } = stack;
  const url = outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value;
  if (url === undefined) return undefined;
  const signing = credentials && [
    `--aws-sigv4 "aws:amz:${credentials.region}:execute-api"`,
    `--user ${quote(`${credentials.accessKeyId}:${credentials.secretAccessKey}`)}`,
  ];
  const headers = ['Content-Type: application/json', ...(apiKey === undefined ? [] : [`x-api-key: ${apiKey}`])];
  const token = authorizationTypes?.has('COGNITO_USER_POOLS') ? ['-H "Authorization: $TOKEN"'] : [];
  const body = JSON.stringify({ name: 'First item' });
  return [
    'curl -i',
    ...(signing ?? []),
    quote(`${url}/items`),
    ...headers.map((header) => `-H ${quote(header)}`),
    ...token,
    `-d ${quote(body)}`,
  ].join(' ');
};

/** For POSIX shells; what needs no quotes gets none. */
const quote = (text: string): string => (/^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
