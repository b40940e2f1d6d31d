/*
 * Ends the process with one sentence if this Node.js is too old for the project. bin/items.mjs imports it first, and npm scripts
 * run it first. Its syntax is that of Node.js 12, so that an older Node.js parses it and prints the sentence, not a SyntaxError.
 */

/**
 * Why a version of Node.js, such as `20.20.2`, is not enough, and what to do; undefined if it is enough.
 *
 * Our TypeScript runs as it is: Node.js strips types without a flag and without a warning from 22.18 and 24.3 on
 * (https://nodejs.org/api/typescript.html), and has import.meta.main from 22.18 and 24.2 on. Version 23 never had the latter.
 */
export function tooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 3) || (major === 22 && minor >= 18)) return undefined;
  return (
    'The Items API needs Node.js 24.3 or later (or 22.18 or later of version 22), but this is Node.js ' +
    version +
    ': run "npm ci" without --ignore-scripts in the repository to install Node.js 24 there, and then use "npm start" or "npx items".'
  );
}

const problem = tooOld(process.versions.node);
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
