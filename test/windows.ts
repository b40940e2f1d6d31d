/* Why tests are skipped on Windows. Their titles say it as well. */

const isWindows = process.platform === 'win32';

/** `kill` ends a process there at once: it cannot be sent Ctrl-C. */
export const noSignals = isWindows;

/** Neither `/bin/sh` nor files that are programs by their first line. */
export const noShell = isWindows;
