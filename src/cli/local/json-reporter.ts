import { LocalError } from '../../cloudformation/errors.ts';
import { changedResources } from './changes.ts';
import { createLines } from './lines.ts';
import type { Reporter } from './reporter.ts';

/** Creates a reporter that writes one JSON object per line to standard output, each with a `type`. */
export const jsonReporter = (): Reporter => {
  const lines = createLines();
  const write = (type: string, values: object): void => lines.log(JSON.stringify({ type, ...values }));
  return {
    ready: ({ stages, outputs, apiKeys, credentials, inspectors, warnings }, surroundings) =>
      write('ready', { stages, outputs, apiKeys, credentials, inspectors, warnings, ...surroundings }),
    updated: (changes, duration, { stages, outputs, inspectors, warnings }) =>
      write('updated', {
        ...changedResources(changes),
        duration: Math.round(duration),
        stages,
        outputs,
        inspectors,
        warnings,
      }),
    request: (record) => write('request', record),
    log: (event) => write('log', event),
    note: (message) => write('note', { message }),
    waiting: (message) => write('note', { message }),
    warning: (message) => write('warning', { message }),
    error: (error) => {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      write('error', error instanceof LocalError ? { code: error.code, message } : { message, stack });
    },
  };
};
