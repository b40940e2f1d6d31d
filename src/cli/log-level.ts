const severe = new Set(['WARN', 'WARNING', 'ERROR', 'FATAL', 'CRITICAL']);

/**
 * True of a log line at level WARN or above: a JSON line says so in `level`; in text, Node.js functions write
 * `time<TAB>request id<TAB>LEVEL<TAB>message` and Python ones `[LEVEL]<TAB>time…`.
 */
export const isWarning = (message: string): boolean => severe.has(level(message)?.toUpperCase() ?? '');

const level = (message: string): string | undefined => {
  if (!message.startsWith('{')) return /^\[([A-Z]+)\]\t|^\S+\t\S+\t([A-Z]+)\t/.exec(message)?.slice(1).find(Boolean);
  try {
    const line: unknown = JSON.parse(message);
    return typeof line === 'object' && line !== null && 'level' in line ? String(line.level) : undefined;
  } catch {
    return undefined;
  }
};
