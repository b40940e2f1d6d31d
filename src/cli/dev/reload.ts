import { LocalError } from '../../cloudformation/errors.ts';
import { located } from '../../cloudformation/template/located.ts';
import type { Stack } from '../../twin/index.ts';
import { type Reporter, warnOfCode } from '../local/reporter.ts';
import type { TemplateSource } from './template-source.ts';
import { watchPaths } from './watch-paths.ts';

/**
 * Updates a stack whenever the sources of its template change, and reports each update. A change with a fault is reported and not
 * applied. Returns a function that stops this.
 */
export const reloadOnChange = (stack: Stack, source: TemplateSource, text: string, reporter: Reporter): (() => void) => {
  let served = text;
  let isStopped = false;
  const reload = async (changed: ReadonlySet<string>): Promise<void> => {
    const begun = performance.now();
    let next = served;
    try {
      next = await source.build(changed);
      if (next === served) return;
      const update = await stack.update(next);
      served = next;
      reporter.updated(update.changes, performance.now() - begun, update);
      await warnOfCode(stack, reporter);
    } catch (error) {
      // An error that is caused by the stop is not a fault.
      if (isStopped) return;
      const { message } = located(error, next) as Error;
      reporter.error(
        new LocalError('INVALID_TEMPLATE', `${message}\nno change was applied: the previous code keeps serving`, {
          cause: error,
        }),
      );
    }
  };
  const stopWatching = watchPaths(source.watched, reload);
  return () => {
    isStopped = true;
    stopWatching();
  };
};
