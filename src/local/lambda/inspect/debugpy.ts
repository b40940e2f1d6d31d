import { spawnSync } from 'node:child_process';
import { LocalError } from '../../errors.ts';

/** The folder that an interpreter imports debugpy from. A LocalError says how to install it. */
export const findDebugpy = (executable: string): string => {
  const folder = known.get(executable) ?? ask(executable);
  if (folder === undefined) {
    const remedy = `run "${executable} -m pip install debugpy", or start without --inspect`;
    throw new LocalError(
      'RUNTIME_MISSING',
      `--inspect debugs functions in Python with debugpy, and it is not installed: ${remedy}`,
    );
  }
  known.set(executable, folder);
  return folder;
};

const known = new Map<string, string>();

const ask = (executable: string): string | undefined => {
  // Not from the working directory, which may have a file of that name.
  const code = `import importlib.util, os, sys
sys.path = [folder for folder in sys.path if folder]
spec = importlib.util.find_spec("debugpy")
print(os.path.dirname(os.path.dirname(spec.origin)) if spec and spec.origin else "")`;
  const { status, stdout } = spawnSync(executable, ['-c', code], { encoding: 'utf8', timeout: 10_000 });
  return (status === 0 && stdout.trim()) || undefined;
};
