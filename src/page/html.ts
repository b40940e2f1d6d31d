import type { Description } from '../twin/index.ts';
import { scalarConfiguration } from './configuration.ts';

export interface HtmlFacts {
  readonly stack: Description;
  readonly token: string;
  /** Path of Scalar's bundle on the page's server. */
  readonly bundlePath: string;
}

/**
 * Returns the HTML of the page. The settings, including the token, are in an attribute and not in a script: a page of another
 * origin can run a script of this one, but it cannot read its HTML.
 */
export const htmlPage = ({ stack, token, bundlePath }: HtmlFacts): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Items API</title>
<link rel="icon" href="/icon.svg">
<script src="/client.js" defer></script>
<script src="${bundlePath}" defer></script>
</head>
<body>
<div id="page" data-settings="${attribute(JSON.stringify({ token, scalar: scalarConfiguration(stack) }))}"></div>
<noscript>This page needs JavaScript. The same document is at <a href="/openapi.json">/openapi.json</a>.</noscript>
</body>
</html>
`;

/** Escapes a text for an attribute value in double quotes. */
export const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
