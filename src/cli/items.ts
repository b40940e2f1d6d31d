import { enableCompileCache } from 'node:module';
import { compileCacheFolder } from '../twin/processes/private-folder.ts';

/* Imported by bin/items.mjs, which checks the version of Node.js first. */

// Node.js caches the compiled code, which halves the start-up time, so no other module of ours is loaded before. The cache is not
// in the default shared folder: anyone who can write there could have their code run here.
const cache = compileCacheFolder();
if (cache !== undefined) enableCompileCache(cache);
const { run } = await import('./run.ts');
// If a command never settles and no work is pending, the process ends here. Node.js reports this only for its main module.
process.exitCode = 13;
process.exitCode = await run(process.argv, {
  local: async () => (await import('./local.ts')).localCommand(),
  check: async () => (await import('./check.ts')).checkCommand(),
  show: async () => (await import('./show.ts')).showCommand(),
  deploy: async () => (await import('./deploy.ts')).deployCommand(),
  verify: async () => (await import('./verify.ts')).verifyCommand(),
  destroy: async () => (await import('./destroy.ts')).destroyCommand(),
});
