import type { Emulator } from '../../prove/emulator.ts';
import emulator from './prove-emulator.ts';

/** Interrupts the command, as Ctrl-C does, once the stack is there. */
const interrupted: Emulator = {
  ...emulator,
  deployed: (invokeUrl) => {
    process.kill(process.pid, 'SIGINT');
    return emulator.deployed(invokeUrl);
  },
};

export default interrupted;
