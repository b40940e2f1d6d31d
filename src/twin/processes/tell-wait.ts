/** Told what a start waits for, as a sentence, if that takes long. */
export type OnWait = (message: string) => void;

/** Settles as `waited` does. If that takes more than 2 seconds, `onWait` is told `message`. */
export const tellWait = async <Result>(
  waited: Promise<Result>,
  message: string,
  onWait: OnWait | undefined,
): Promise<Result> => {
  const timer = setTimeout(() => onWait?.(message), patience);
  try {
    return await waited;
  } finally {
    clearTimeout(timer);
  }
};

/** Milliseconds. */
const patience = 2000;
