import type { Place } from './place.ts';
import { outsideOf } from './processes.ts';
import { type Exit, lastLines, type ReadyTwin, type Twin } from './twin.ts';

/** Returns the processes and run folders that earlier twins have left beside a ready twin. */
export const leftBeside = ({ pid }: Twin, place: Place): string[] => [
  ...processesLeft(outsideOf(pid, place.processes())),
  ...foldersLeft(place.runFolders().filter((name) => !name.includes(`-${pid}-`))),
];

/** Returns the processes and run folders that remain after the last twin has ended. */
export const leftBehind = (place: Place): string[] => [
  ...processesLeft(place.processes()),
  ...foldersLeft(place.runFolders()),
];

const processesLeft = (processes: ReturnType<Place['processes']>): string[] =>
  processes.map(({ role, pid }) => `a process is left: ${role} ${pid}`);

const foldersLeft = (names: readonly string[]): string[] => names.map((name) => `a folder is left: ${name}`);

/** Stops a twin with a signal, and returns the faults of its end. */
export const stopTwin = async (
  twin: ReadyTwin,
  place: Place,
  signal: NodeJS.Signals,
): Promise<{ readonly wrong: string[]; readonly exit: Exit }> => {
  twin.child.kill(signal);
  const exit = await twin.ended();
  const wrong = exit.code === 0 ? [] : [`${signal} ends it with ${exit.signal ?? exit.code}: ${lastLines(exit.output)}`];
  return { wrong: [...wrong, ...stackTraces(exit.output), ...leftBehind(place)], exit };
};

/**
 * Returns a stack trace of the twin's own code in an output, where users should find sentences. Logs of functions do not count.
 */
export const stackTraces = (output: string): string[] => {
  const [line] =
    /^.*\n\s+at .*\/(?:src\/(?!twin\/lambda\/bootstrap)|bin\/|node_modules\/).*$|^This is a bug in this program.*$/m.exec(
      output,
    ) ?? [];
  return line === undefined ? [] : [`a stack trace: ${line.replaceAll('\n', ' ').slice(0, 200)}`];
};
