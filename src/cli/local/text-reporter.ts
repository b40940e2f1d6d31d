import { isDeepStrictEqual, styleText } from 'node:util';
import { LocalError } from '../../cloudformation/errors.ts';
import type { Changes, Description } from '../../twin/index.ts';
import type { LogEvent } from '../../twin/small-services/logs.ts';
import { changedResources } from './changes.ts';
import { createLines } from './lines.ts';
import { logText } from './log-text.ts';
import { printable } from './printable.ts';
import type { Reporter } from './reporter.ts';
import { requestLine } from './request-line.ts';
import { type Surroundings, startLines } from './start-lines.ts';

/**
 * Creates a reporter that writes text: requests and the output of functions to standard output; warnings, errors and functions'
 * log lines at level WARN and above to standard error. `verbose` adds the stack's outputs and request ids, and prints every line
 * of every log group to standard error.
 */
export const textReporter = ({ verbose = false } = {}): Reporter => {
  const lines = createLines();
  let shown: readonly string[] = [];
  const show = (stack: Description, surroundings: Surroundings): void => {
    const next = startLines(stack, surroundings, verbose);
    if (isDeepStrictEqual(next, shown)) return;
    shown = next;
    for (const line of next) lines.log(line);
  };
  let known: Surroundings = { data: '' };
  const warned = new Set<string>();
  const warn = ({ warnings }: Description): void => {
    for (const warning of warnings) if (!warned.has(warning)) lines.error(warningText(warning));
    for (const warning of warnings) warned.add(warning);
  };
  return {
    ready(stack, surroundings) {
      known = surroundings;
      lines.log(`ready in ${Math.round(performance.now())} ms`);
      show(stack, surroundings);
      warn(stack);
      lines.log('\nCtrl-C stops');
    },
    updated(changes, duration, stack) {
      lines.log(`${changeText(changes)} in ${Math.round(duration)} ms`);
      show(stack, known);
      warn(stack);
    },
    request: (record) => lines.log(requestLine(record, { withId: verbose })),
    log: (event) => (verbose ? lines.error(`${event.group} ${indented(event.message)}`) : showLog(event, lines)),
    note: (text) => lines.log(text),
    waiting: (text) => lines.error(text),
    warning: (text) => lines.error(warningText(text)),
    error: (error) => lines.error(error instanceof LocalError ? error.message : error),
  };
};

const showLog = (event: LogEvent, output: ReturnType<typeof createLines>): void => {
  const shown = logText(event);
  if (shown === undefined) return;
  const { text, level } = shown;
  const isWarning = level !== undefined && !quiet.has(level);
  const stream = isWarning ? process.stderr : process.stdout;
  const name = styleText('cyan', event.functionName ?? event.group, { stream });
  const label = level === undefined ? '' : `${styleText(isWarning ? 'yellow' : 'dim', level, { stream })} `;
  const lines = `${name}: ${label}${indented(text)}`;
  if (isWarning) output.error(lines);
  else output.log(lines);
};

/** Returns a text for a terminal. Further lines are indented, so that none looks like another event. */
const indented = (text: string): string => printable(text).replaceAll('\n', '\n  ');

/** Levels below WARN that are not INFO. */
const quiet = new Set(['TRACE', 'DEBUG']);

const warningText = (text: string): string => `${styleText('yellow', 'warning:', { stream: process.stderr })} ${text}`;

/** Returns the changes of an update as text, such as `updated GetItemFunction`. */
const changeText = (changes: Changes): string => {
  const done = Object.entries(changedResources(changes)).flatMap(([verb, ids]) =>
    ids.length > 0 ? [`${verb} ${named(ids)}`] : [],
  );
  return done.join(', ') || 'nothing to update';
};

const named = (ids: readonly string[]): string =>
  ids.length <= 6 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`;
