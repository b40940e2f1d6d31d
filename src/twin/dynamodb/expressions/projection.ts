import type { Path, PathHeads } from './nodes.ts';
import { OverlapCheck } from './overlap.ts';
import { parsePath } from './path.ts';
import type { References } from './references.ts';
import { Faults } from './scope.ts';
import { TokenReader } from './tokens.ts';

/** Parses a projection expression. Throws an ExpressionFault for a fault that DynamoDB reports. */
export const parseProjection = (
  text: string,
  references: References,
): Pick<PathHeads, 'nestedPaths'> & { readonly paths: readonly Path[] } => {
  const reader = new TokenReader(text);
  const faults = new Faults<'reserved' | 'undefined' | 'overlap' | 'conflict'>();
  const scope = {
    references,
    onReserved: (message: string) => faults.note('reserved', message),
    onUndefined: (message: string) => faults.note('undefined', message),
  };
  const overlaps = new OverlapCheck(faults);
  do overlaps.add(parsePath(reader, scope));
  while (reader.acceptSymbol(','));
  reader.expectEnd();
  faults.throwFirst(['reserved', 'undefined', 'overlap', 'conflict']);
  return { paths: overlaps.paths, nestedPaths: overlaps.nestedPaths };
};
