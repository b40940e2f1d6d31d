/** A fault in the sources of the templates. The message names the file and what to change. */
export class SynthError extends Error {
  override readonly name = 'SynthError';
}
