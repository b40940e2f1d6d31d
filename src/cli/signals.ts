/**
 * Settles with the first SIGINT or SIGTERM. Later ones do nothing: npm passes a Ctrl-C on that the terminal has
 * delivered already, and the stack is being deleted then. SIGHUP is a closed terminal.
 */
export const terminationSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
