import type { Operation } from '../../contract/operations.ts';
import { findInMap, join, type Properties, type Template } from '../cloudformation.ts';
import { type Edition, separator } from './edition.ts';
import { SynthError } from './synth-error.ts';

/** Returns the mapping that contains, once, the code that functions share. */
export const codeMapping = ({ code }: Edition): Template['Mappings'] => ({
  Code: { Shared: Object.fromEntries(code.shared.map(({ name, text }) => [name, text])) },
});

/** Returns `Code.ZipFile` of an operation's function: the shared parts that it needs, then its own code. */
export const zipFile = ({ code }: Edition, { name, handler }: Operation): Properties => {
  const own = code.handlers.get(name);
  if (!own) throw new SynthError(`${name} has no handler ${handler}: correct its row in src/contract/operations.ts`);
  return join(separator, [...own.needs.map((part) => findInMap('Code', 'Shared', part)), own.text]);
};
