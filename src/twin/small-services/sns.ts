/** SNS as the twin needs it: it sends nothing, so that the ARNs of its topics are all that there is. */
export interface Sns {
  readonly topics: Set<string>;
}

export const createSns = (): Sns => ({ topics: new Set() });
