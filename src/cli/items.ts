import { enableCompileCache } from 'node:module';
import { compileCacheFolder } from '../twin/processes/private-folder.ts';

/* Imported by bin/items.mjs, which checks the version of Node.js first. */

// Compiled code is kept from one run to the next, which halves the time to start; so nothing else of ours is loaded before. Not in the
// shared folder that Node.js takes by default: whoever can write there would have their code run here.
const cache = compileCacheFolder();
if (cache !== undefined) enableCompileCache(cache);
const { run } = await import('./run.ts');
// If a command never settles and nothing is left to wait for, the process ends here. Node.js reports that only for its main module.
process.exitCode = 13;
process.exitCode = await run(process.argv, {
  local: async () => (await import('./local.ts')).localCommand(),
  check: async () => (await import('./check.ts')).checkCommand(),
  show: async () => (await import('./show.ts')).showCommand(),
  deploy: async () => (await import('./deploy.ts')).deployCommand(),
  verify: async () => (await import('./verify.ts')).verifyCommand(),
  destroy: async () => (await import('./destroy.ts')).destroyCommand(),
});
