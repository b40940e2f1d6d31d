/* Ends the process with one sentence if this Node.js is too old. Its syntax is that of Node.js 12. */

const [major, minor] = process.versions.node.split('.').map(Number);
if (!(major >= 24 || (major === 22 && minor >= 12))) {
  console.error(
    `items-api needs Node.js 24 or later, or 22.12 or later of version 22, but this is Node.js ${process.versions.node}: install one.`,
  );
  process.exit(1);
}
