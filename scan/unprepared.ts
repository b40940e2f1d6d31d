/** Something that the machine lacks to run one of our programs. The message names it, and the remedy. */
export class Unprepared extends Error {}

/** Runs a program and returns its exit code. For `Unprepared` it prints the message without a stack and returns 1. */
export const orUnprepared = async (run: () => Promise<number>): Promise<number> => {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Unprepared)) throw error;
    console.error(error.message);
    return 1;
  }
};
