import type { PlannedChange } from '../deploy/changes.ts';
import { waitingForAnswer } from '../deploy/errors.ts';
import type { User } from '../deploy/user.ts';
import { changeLines, typeLines } from './change-lines.ts';
import { interruption } from './interruption.ts';
import { LiveLine } from './live-line.ts';
import { finishedLine, progressLine } from './progress-lines.ts';
import { ask, isTerminal, terminalWidth } from './terminal.ts';

/**
 * Creates the user at the terminal of this process, or the reader of its standard output. On a terminal, progress is one line
 * that is redrawn. Otherwise it is one line for each finished resource.
 */
export const terminalUser = (): User => {
  const signal = interruption(process, { waiting: waitingForAnswer });
  let live: LiveLine | undefined;
  return {
    signal,
    say: (text) => (live ? live.print(text) : console.log(text)),
    ask: async (question) => (isTerminal() ? ask(question, signal) : undefined),
    showChanges,
    showResources: (resources) => {
      for (const line of typeLines(resources, terminalWidth())) console.log(line);
    },
    follow: (first) => {
      const began = performance.now();
      const elapsed = () => performance.now() - began;
      let latest = first;
      if (process.stdout.isTTY) live = new LiveLine(process.stdout, () => progressLine(latest, elapsed(), new Date()));
      return {
        finished: (resource, progress) => {
          if (!live) console.log(finishedLine(progress, elapsed(), resource));
        },
        update: (progress) => {
          latest = progress;
          live?.draw();
        },
        end: () => {
          live?.end();
          live = undefined;
        },
      };
    },
  };
};

const showChanges = (changes: readonly PlannedChange[]): void => {
  console.log(['', ...changeLines(changes, terminalWidth()), ''].join('\n'));
  if (changes.length === 0) console.log('Only outputs or settings of the stack itself change.\n');
};
