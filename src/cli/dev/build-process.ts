import { registerHooks } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BuildRequest, BuildResponse, Built } from './builder.ts';

/*
 * Generates a template on each request and sends it back: `build-process.ts template.yaml`. A process loads a module once per
 * URL. With a new version number in the URL, it loads the module and its imports from this project again.
 */

const [file = ''] = process.argv.slice(2);
const sources = pathToFileURL(join(import.meta.dirname, '../../')).href;
let version = 0;

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const isVersioned = context.parentURL?.includes('?version=') && resolved.url.startsWith(sources);
    return isVersioned ? { ...resolved, url: `${resolved.url}?version=${version}` } : resolved;
  },
});

process.on('message', async (request: BuildRequest) => {
  if (!request.keepsModules) version++;
  const response: BuildResponse = await build(request).catch((error: unknown) => ({ fault: faultOf(error) }));
  process.send?.(response);
});
// The parent process has ended.
process.on('disconnect', () => process.exit());

async function build({ check = false, withSourceMaps }: BuildRequest): Promise<Built> {
  const { writeTemplates }: typeof import('../write-templates.ts') = await import(
    `../write-templates.ts?version=${version}`
  );
  const [template] = writeTemplates({ only: file, check });
  if (template === undefined) throw new Error(`${file} is no template of this repository`);
  return { text: template.text, sourceMaps: withSourceMaps ? [...template.sourceMaps()] : [] };
}

/** Returns the fault in one line, which begins with file and line if they are known. */
function faultOf(error: unknown): string {
  const { name, message, stack = '' } = error as Error;
  const text = message.split('\n', 1)[0] ?? '';
  if (/^\S+:\d+: /.test(text)) return text;
  const [, url, line] = /(file:\/\/[^\s?]+)(?:\?version=\d+)?:(\d+)/.exec(stack) ?? [];
  return url === undefined ? `${name}: ${text}` : `${relative('.', fileURLToPath(url))}:${line}: ${text}`;
}
