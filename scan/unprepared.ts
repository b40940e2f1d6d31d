/** What a machine lacks for a program of ours to run. The message says what, and what to do. */
export class Unprepared extends Error {}

/** The exit code of a program. One that the machine is not prepared for says so in a sentence, without a stack. */
export const orUnprepared = async (run: () => Promise<number>): Promise<number> => {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Unprepared)) throw error;
    console.error(error.message);
    return 1;
  }
};
