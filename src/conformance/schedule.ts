/**
 * Runs every entry: first those without `alone`, up to `concurrency` at once, and then the others one by one. The results are in
 * the order of the entries.
 */
export const schedule = async <Entry extends { readonly alone?: string }, Result>(
  entries: readonly Entry[],
  concurrency: number,
  run: (entry: Entry) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = Array(entries.length);
  const runThose = async (isMeant: (entry: Entry) => boolean, atOnce: number): Promise<void> => {
    // All workers share one iterator: each takes the next entry.
    const meant = [...entries.entries()].filter(([, entry]) => isMeant(entry)).values();
    const worker = async (): Promise<void> => {
      for (const [index, entry] of meant) results[index] = await run(entry);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  };
  await runThose(({ alone }) => alone === undefined, concurrency);
  await runThose(({ alone }) => alone !== undefined, 1);
  return results;
};
