import { collectionOf, entities } from '../contract/entities.ts';
import type { Case } from './case.ts';
import { concurrency } from './cases/concurrency.ts';
import { create } from './cases/create.ts';
import { crossOrigin } from './cases/cross-origin.ts';
import { remove } from './cases/delete.ts';
import { entityCases } from './cases/entity.ts';
import { fidelity } from './cases/fidelity.ts';
import { idempotency } from './cases/idempotency.ts';
import { list } from './cases/list.ts';
import { read } from './cases/read.ts';
import { rejections } from './cases/rejections.ts';
import { update } from './cases/update.ts';

/** The cases of each operation on items. */
export const operationCases: Readonly<Record<string, readonly Case[]>> = {
  'POST /items': create,
  'GET /items/{id}': read,
  'PUT /items/{id}': update,
  'DELETE /items/{id}': remove,
  'GET /items': list,
};

/** The cases of each entity. */
export const casesOfEntities: Readonly<Record<string, readonly Case[]>> = Object.fromEntries(
  entities.map((entity) => [`entity ${collectionOf(entity)}`, entityCases(entity)]),
);

/** Every case, by group. Together they define the behaviour of the API. */
export const cases: Readonly<Record<string, readonly Case[]>> = {
  ...operationCases,
  ...casesOfEntities,
  'Idempotency-Key': idempotency,
  'cross-origin': crossOrigin,
  rejections,
  fidelity,
  concurrency,
};
