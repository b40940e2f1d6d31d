import type { Commands } from './run.ts';

/** The commands of a checkout. */
export const commands: Commands = {
  local: async () => (await import('./local.ts')).localCommand(),
  check: async () => (await import('./check.ts')).checkCommand(),
  show: async () => (await import('./show.ts')).showCommand(),
  deploy: async () => (await import('./deploy.ts')).deployCommand(),
  verify: async () => (await import('./verify.ts')).verifyCommand(),
  destroy: async () => (await import('./destroy.ts')).destroyCommand(),
};
