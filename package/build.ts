import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { manifest } from './manifest.ts';
import { reachable } from './reachable.ts';
import { shrinkwrap } from './shrinkwrap.ts';

/*
 * Builds the package of the twin: `npm run package`. Writes JavaScript and types of what "items local" needs, without the code
 * that generates or deploys our own template, to build/package, and the archive for npm to build.
 */

const root = join(import.meta.dirname, '..');
const output = join(root, 'build/package');

/** Entry points: the program, the module, and the database, which has its own process. */
const entries = ['src/cli/package-items.ts', 'src/twin/index.ts', 'src/twin/dynamodb/dynalite.ts'];

/** Files that no module imports: they start functions, or pages load them in the browser. */
const assets = globSync(['src/twin/lambda/bootstrap/*', 'src/page/client.js', 'src/page/console/browser/*.{css,js}'], {
  cwd: root,
});

rmSync(output, { recursive: true, force: true });
const { files, packages } = reachable(root, entries);
for (const file of files) write(placeOf(file).replace(/\.ts$/, '.js'), javascript(readFileSync(join(root, file), 'utf8')));
for (const file of assets) write(placeOf(file), readFileSync(join(root, file), 'utf8'));
for (const file of ['README.md', 'bin/items-api.mjs', 'bin/require-node.mjs'])
  write(file, readFileSync(join(import.meta.dirname, file), 'utf8'));
cpSync(join(root, 'LICENSE'), join(output, 'LICENSE'));
const described = manifest(root, packages);
write('package.json', `${JSON.stringify(described, null, 2)}\n`);
write('npm-shrinkwrap.json', `${JSON.stringify(shrinkwrap(root, described), null, 2)}\n`);
execFileSync(process.execPath, [tsc(), '--project', 'package/tsconfig.json', '--outDir', join(output, 'dist')], {
  cwd: root,
  stdio: 'inherit',
});
const archive = execFileSync('npm', ['pack', '--silent', '--pack-destination', '..'], { cwd: output, encoding: 'utf8' });
console.log(`build/${archive.trim()}`);

function tsc(): string {
  return join(root, 'node_modules/typescript/bin/tsc');
}

function write(name: string, text: string): void {
  const path = join(output, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Returns the path of a source file in the package. */
function placeOf(file: string): string {
  return file.replaceAll('\\', '/').replace(/^src\//, 'dist/');
}

/** Returns a file without types. Its imports use the file names of the package. */
function javascript(source: string): string {
  return stripTypeScriptTypes(source)
    .replaceAll(/((?:\bfrom|\bimport|\bimport\(|\bURL\()\s*['"][^'"]+)\.ts(?=['"])/g, '$1.js')
    .replaceAll(/[ \t]+$/gm, '');
}
