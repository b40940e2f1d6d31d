/** Called with a message about what a start waits for, if that takes long. */
export type OnWait = (message: string) => void;

/** Settles as `waited` does. Calls `onWait` with `message` if that takes more than 2 seconds. */
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

/** Milliseconds before `onWait` is called. */
const patience = 2000;
