import { accountFacts } from './account.ts';
import { bodyFacts } from './bodies.ts';
import type { Fact } from './fact.ts';
import { gatewayFacts } from './gateway.ts';
import { logFacts } from './logs.ts';
import { tlsFacts } from './tls.ts';

export { deletionFacts } from './account.ts';
export { type Fact, type Observation, observe, type Site } from './fact.ts';

/** Facts that need only HTTP requests to the API. */
export const httpFacts: readonly Fact[] = [...gatewayFacts, ...bodyFacts];

/** Facts that need a deployed stack. */
export const liveFacts: readonly Fact[] = [...httpFacts, ...tlsFacts, ...logFacts, ...accountFacts];
