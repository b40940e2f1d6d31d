import type { Description } from '../twin/index.ts';
import { askedSchemes } from './authorization.ts';

/**
 * Returns Scalar's configuration (https://scalar.com/products/api-references/configuration), except the function that sends
 * requests, which is in client.js.
 */
export const scalarConfiguration = (stack: Description): object => ({
  url: '/openapi.json',
  // Nothing is sent to other servers, and no button offers it.
  telemetry: false,
  withDefaultFonts: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  // Keys and tokens are not stored: the next start has others.
  persistAuth: false,
  documentDownloadType: 'json',
  // The other view, a form, uses JavaScript numbers, which are rounded.
  defaultRequestBodyView: 'raw',
  // Truncates the name of the operation in the page header, which would make the page wider than the window of a phone.
  customCss: '.t-doc__header header > span { overflow: hidden; text-overflow: ellipsis }',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  ...(askedSchemes(stack).includes('apiKey') && {
    authentication: { securitySchemes: { apiKey: { value: stack.apiKey } } },
  }),
});
