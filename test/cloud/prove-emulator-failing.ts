import emulator from './prove-emulator.ts';

/** Fails once the stack is there. */
export default { ...emulator, deployed: () => Promise.reject(new Error('no way to the API')) };
