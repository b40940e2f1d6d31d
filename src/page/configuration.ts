import type { Description } from '../twin/index.ts';
import { askedSchemes } from './authorization.ts';

/**
 * Scalar's configuration (https://scalar.com/products/api-references/configuration), apart from the function that sends, which
 * client.js has.
 */
export const scalarConfiguration = (stack: Description): object => ({
  url: '/openapi.json',
  // Nothing is sent elsewhere, and no button offers it.
  telemetry: false,
  withDefaultFonts: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  // Keys and tokens are gone with the page: the next start has others.
  persistAuth: false,
  documentDownloadType: 'json',
  // The other view, a form, is JavaScript's: it rounds numbers.
  defaultRequestBodyView: 'raw',
  // The name of the operation in the head of the page on a phone, which would make the page wider than its window.
  customCss: '.t-doc__header header > span { overflow: hidden; text-overflow: ellipsis }',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  ...(askedSchemes(stack).includes('apiKey') && {
    authentication: { securitySchemes: { apiKey: { value: stack.apiKey } } },
  }),
});
