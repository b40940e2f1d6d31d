/**
 * Returns the name in `known` that a misspelt name most likely stands for, or undefined if none is near. Each part between colons
 * or periods may differ by a third of its letters, at most three. Case matters only between names that are equally near. A name
 * with different digits is another name and not a misspelling (`AWS::ApiGatewayV2::Stage`).
 */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const [first] = nearestFirst(
    name,
    [...known].filter((candidate) => isNear(name, candidate)),
  );
  return first;
};

/** Returns `; did you mean NAME?` if a name is near, and otherwise an empty string. The text follows the fault. */
export const didYouMean = (name: string, known: Iterable<string>): string => {
  const found = nearest(name, known);
  return found === undefined ? '' : `; did you mean ${found}?`;
};

/** Returns all names, the nearest first. */
export const nearestFirst = (name: string, known: Iterable<string>): string[] => {
  const ranked = [...known].map((candidate) => {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    return { candidate, distance, exact: editDistance(name, candidate) };
  });
  return ranked
    .sort((one, other) => one.distance - other.distance || one.exact - other.exact)
    .map(({ candidate }) => candidate);
};

/**
 * Returns the number of letters to insert, delete, replace or swap with a neighbour to convert one text to the other (optimal
 * string alignment).
 */
export const editDistance = (from: string, to: string): number => {
  const [a, b] = [[...from], [...to]];
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwapped ? at(before, column - 2) + 1 : replaced;
      current.push(Math.min(replaced, swapped, at(last, column) + 1, at(current, column - 1) + 1));
    }
    [before, last] = [last, current];
  }
  return at(last, b.length);
};

const at = (distances: readonly number[], index: number): number => distances[index] ?? Number.POSITIVE_INFINITY;

const isNear = (name: string, candidate: string): boolean => {
  if (name === candidate || digits(name) !== digits(candidate)) return false;
  const [own, other] = [parts(name), parts(candidate)];
  // `Fn:Join` has one part fewer than `Fn::Join`.
  const pairs = own.length === other.length ? own.map((part, index) => [part, other[index] ?? '']) : [[name, candidate]];
  return pairs.every(([left = '', right = '']) => {
    const longer = Math.max(left.length, right.length);
    if (Math.abs(left.length - right.length) > mostEdits) return false;
    return editDistance(left.toLowerCase(), right.toLowerCase()) <= Math.min(mostEdits, Math.floor(longer / 3));
  });
};

const mostEdits = 3;

const digits = (text: string): string => text.replace(/\D/g, '');

const parts = (text: string): string[] => text.split(/::|\./);
