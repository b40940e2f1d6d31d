/** SNS in the twin: it sends nothing and stores only the ARNs of its topics. */
export interface Sns {
  readonly topics: Set<string>;
}

export const createSns = (): Sns => ({ topics: new Set() });
