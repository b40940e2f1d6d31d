import { type Path, pathText } from './nodes.ts';
import type { Faults } from './scope.ts';

/**
 * Collects the paths of an expression. Records a fault if one path contains another, or if two paths use the same attribute as
 * both a map and a list.
 */
export class OverlapCheck {
  readonly #paths: Path[] = [];
  readonly #nestedPaths: Record<string, true> = Object.create(null);
  /** Paths by their first name. Only paths of the same attribute can overlap. */
  readonly #byHead = new Map<string, Path[]>();
  readonly #faults: Pick<Faults<'overlap' | 'conflict'>, 'note'>;

  constructor(faults: Pick<Faults<'overlap' | 'conflict'>, 'note'>) {
    this.#faults = faults;
  }

  get paths(): readonly Path[] {
    return this.#paths;
  }

  /** Returns the attributes of which the expression names a member or an element. */
  get nestedPaths(): Readonly<Record<string, true>> {
    return this.#nestedPaths;
  }

  add(path: Path): void {
    const before = this.#byHead.get(path[0]) ?? [];
    for (const other of before) this.#compare(other, path);
    this.#byHead.set(path[0], [...before, path]);
    this.#paths.push(path);
    if (path.length > 1) this.#nestedPaths[path[0]] = true;
  }

  #compare(one: Path, other: Path): void {
    const paths = `must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(other)}`;
    const depth = Math.min(one.length, other.length);
    for (let level = 0; level < depth; level += 1) {
      if (typeof one[level] !== typeof other[level]) {
        this.#faults.note('conflict', `Two document paths conflict with each other; ${paths}`);
        return;
      }
      if (one[level] !== other[level]) return;
    }
    this.#faults.note('overlap', `Two document paths overlap with each other; ${paths}`);
  }
}
