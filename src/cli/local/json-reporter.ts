import { LocalError } from '../../local/errors.ts';
import type { Reporter } from './reporter.ts';

/** Writes one JSON object a line to standard output, each with its `type`. */
export const jsonReporter = (): Reporter => {
  const write = (type: string, values: object): void => console.log(JSON.stringify({ type, ...values }));
  return {
    ready: ({ stages, outputs, apiKeys, credentials }, surroundings) =>
      write('ready', { stages, outputs, apiKeys, credentials, ...surroundings }),
    updated: ({ begun, updated, stopped }, duration, { stages, outputs }) =>
      write('updated', {
        created: [...begun].filter((id) => !stopped.has(id)),
        updated: [...updated],
        replaced: [...begun].filter((id) => stopped.has(id)),
        deleted: [...stopped].filter((id) => !begun.has(id)),
        duration: Math.round(duration),
        stages,
        outputs,
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
