import type { Place } from './place.ts';
import { outsideOf } from './processes.ts';
import { type Exit, lastLines, type ReadyTwin, type Twin } from './twin.ts';

/** What earlier twins have left beside a twin that is ready: processes and run folders. */
export const leftBeside = ({ pid }: Twin, place: Place): string[] => [
  ...processesLeft(outsideOf(pid, place.processes())),
  ...foldersLeft(place.runFolders().filter((name) => !name.includes(`-${pid}-`))),
];

/** What twins have left after the last one has ended. */
export const leftBehind = (place: Place): string[] => [
  ...processesLeft(place.processes()),
  ...foldersLeft(place.runFolders()),
];

const processesLeft = (processes: ReturnType<Place['processes']>): string[] =>
  processes.map(({ role, pid }) => `a process is left: ${role} ${pid}`);

const foldersLeft = (names: readonly string[]): string[] => names.map((name) => `a folder is left: ${name}`);

/** Stops a twin with a signal and returns what is wrong with its end. */
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

/** A stack trace of the twin's own code in an output, in which users should find sentences. What functions log is theirs. */
export const stackTraces = (output: string): string[] => {
  const [line] =
    /^.*\n\s+at .*\/(?:src\/(?!twin\/lambda\/bootstrap)|bin\/|node_modules\/).*$|^This is a bug in this program.*$/m.exec(
      output,
    ) ?? [];
  return line === undefined ? [] : [`a stack trace: ${line.replaceAll('\n', ' ').slice(0, 200)}`];
};
