import { enableCompileCache } from 'node:module';
import { compileCacheFolder } from '../twin/processes/private-folder.ts';

/* The program of the package, with the commands that run templates. The deployment commands are only in the repository. */

const cache = compileCacheFolder();
if (cache !== undefined) enableCompileCache(cache);
const { run } = await import('./run.ts');
process.exitCode = 13;
process.exitCode = await run(process.argv, {
  local: async () => (await import('./local.ts')).localCommand(),
  check: async () => (await import('./check.ts')).checkCommand(),
  show: async () => (await import('./show.ts')).showCommand(),
});
