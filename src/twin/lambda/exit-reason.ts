import type { Exit } from './process-group.ts';

/** Returns Lambda's message for the end of a runtime. */
export const exitReason = ({ code, signal }: Exit): string => {
  if (signal !== null) return `Runtime exited with error: signal: ${signalTexts[signal] ?? signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
};

/** Signal names of Go, in which Lambda is written. */
const signalTexts: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGQUIT: 'quit',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};
