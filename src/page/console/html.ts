import { attribute } from '../html.ts';

/** Returns the HTML of the console. As in the API documentation page, the token is in an attribute and not in a script. */
export const consolePage = ({
  token,
  hasDocs,
}: {
  readonly token: string;
  readonly hasDocs: boolean;
}): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Console</title>
<link rel="icon" href="/icon.svg">
${styles}
<script type="module" src="/console/console.js"></script>
</head>
<body>
<div id="console" data-settings="${attribute(JSON.stringify({ token, hasDocs }))}"></div>
<noscript>The console needs JavaScript.</noscript>
</body>
</html>
`;

const styles = ['base', 'controls', 'requests', 'details', 'tables', 'stack']
  .map((name) => `<link rel="stylesheet" href="/console/${name}.css">`)
  .join('\n');
