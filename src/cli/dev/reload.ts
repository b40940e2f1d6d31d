import { isDeepStrictEqual } from 'node:util';
import type { Changes, Stack } from '../../local/index.ts';
import { outputLines } from '../output-lines.ts';
import type { TemplateSource } from './template-source.ts';
import { watchPaths } from './watch-paths.ts';

/**
 * Updates a stack whenever something changes that its template is made of, and says so in a line each. What is faulty changes
 * nothing. Returns what ends it.
 */
export const reloadOnChange = (stack: Stack, source: TemplateSource, text: string): (() => void) => {
  let served = text;
  let outputs = stack.outputs;
  const reload = async (changed: ReadonlySet<string>): Promise<void> => {
    const begun = performance.now();
    try {
      const next = await source.build(changed);
      if (next === served) return;
      const update = await stack.update(next);
      served = next;
      for (const line of changeLines(update.changes, performance.now() - begun)) console.log(line);
      if (!isDeepStrictEqual(update.outputs, outputs)) for (const line of outputLines(update.outputs)) console.log(line);
      outputs = update.outputs;
    } catch (error) {
      console.error(`${(error as Error).message}\nnothing was changed: the former code goes on serving`);
    }
  };
  return watchPaths(source.watched, reload);
};

/** The changes of an update, such as `updated GetItemFunction in 80 ms`. */
const changeLines = ({ stopped, updated, begun }: Changes, duration: number): string[] => {
  const replaced = [...begun].filter((id) => stopped.has(id));
  const parts = [
    ['updated', [...updated]],
    ['replaced', replaced],
    ['created', [...begun].filter((id) => !stopped.has(id))],
    ['deleted', [...stopped].filter((id) => !begun.has(id))],
  ] as const;
  const done = parts.flatMap(([verb, ids]) => (ids.length > 0 ? [`${verb} ${named(ids)}`] : []));
  return [`${done.join(', ') || 'nothing to update'} in ${Math.round(duration)} ms`];
};

const named = (ids: readonly string[]): string =>
  ids.length <= 6 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`;
