import { LocalError } from '../../../cloudformation/errors.ts';
import { tellWait } from '../../processes/tell-wait.ts';
import { askProgram, askTimeout } from '../ask-program.ts';
import type { FindOptions } from '../python.ts';

/** Looks for debugpy with an interpreter, once per process of the twin. */
export const askForDebugpy = async (executable: string, options: FindOptions): Promise<void> => {
  if (!known.has(executable)) known.set(executable, await ask(executable, options));
};

/**
 * Returns the folder from which an interpreter imports debugpy. `askForDebugpy` must be called first. Throws a LocalError with
 * the installation command.
 */
export const findDebugpy = (executable: string): string => {
  const found = known.get(executable);
  if (found === undefined) throw new Error(`${executable} was not checked for debugpy`);
  if ('folder' in found) return found.folder;
  throw new LocalError('RUNTIME_MISSING', `--inspect debugs functions in Python with debugpy, and ${found.problem}`);
};

type Found = { readonly folder: string } | { readonly problem: string };

const known = new Map<string, Found>();

const ask = async (executable: string, { signal, onWait }: FindOptions): Promise<Found> => {
  // Excludes the working directory, which may contain a file with that name.
  const code = `import importlib.util, os, sys
sys.path = [folder for folder in sys.path if folder]
spec = importlib.util.find_spec("debugpy")
print(os.path.dirname(os.path.dirname(spec.origin)) if spec and spec.origin else "")`;
  const bound = `${askTimeout / 1000} s`;
  try {
    const asked = askProgram(executable, ['-c', code], { signal });
    const { status, stdout } = await tellWait(asked, `waiting up to ${bound} for ${executable} to locate debugpy`, onWait);
    const folder = status === 0 ? stdout.trim() : '';
    if (folder !== '') return { folder };
  } catch (error) {
    signal?.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === 'ETIMEDOUT') {
      const remedy = 'name another interpreter with --python, or start without --inspect';
      return { problem: `${executable} did not locate debugpy within ${bound}: ${remedy}` };
    }
  }
  const remedy = `run "${executable} -m pip install debugpy", or start without --inspect`;
  return { problem: `it is not installed: ${remedy}` };
};
