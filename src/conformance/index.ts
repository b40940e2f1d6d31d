import type { Operation, operations } from '../contract/operations.ts';
import type { Case } from './case.ts';
import { concurrency } from './cases/concurrency.ts';
import { create } from './cases/create.ts';
import { crossOrigin } from './cases/cross-origin.ts';
import { remove } from './cases/delete.ts';
import { fidelity } from './cases/fidelity.ts';
import { idempotency } from './cases/idempotency.ts';
import { list } from './cases/list.ts';
import { read } from './cases/read.ts';
import { refusals } from './cases/refusals.ts';
import { update } from './cases/update.ts';

/** The group of an operation: `PUT /items/{id}`. */
type GroupOf<Row> = Row extends Operation ? `${Row['method']} ${Row['path']}` : never;

/** The cases of each operation. */
export const operationCases: Readonly<Record<GroupOf<(typeof operations)[number]>, readonly Case[]>> = {
  'POST /items': create,
  'GET /items/{id}': read,
  'PUT /items/{id}': update,
  'DELETE /items/{id}': remove,
  'GET /items': list,
};

/** The meaning of the API: every case, by the group it belongs to. */
export const cases: Readonly<Record<string, readonly Case[]>> = {
  ...operationCases,
  'Idempotency-Key': idempotency,
  'cross-origin': crossOrigin,
  refusals,
  fidelity,
  concurrency,
};
