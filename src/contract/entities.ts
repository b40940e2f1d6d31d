import type { ObjectSchema } from './entity-schema.ts';

/** A kind of data. It has a table, a collection of the API, and functions of its own. */
export interface Entity {
  /** Singular in PascalCase, such as `Order`. Names in the template derive from it. */
  readonly name: string;
  /** Path segment of the collection, such as `orders`. The name of the table begins with it. */
  readonly path: string;
  /** Says what it is, as a sentence for those who write clients. */
  readonly description: string;
  /**
   * Attributes by which the list can be looked up: `customerId` serves `GET /orders?customerId=c1`. Each has a global secondary index.
   */
  readonly indexes?: readonly string[];
  /** The attributes that clients may send. Without a schema they are free. */
  readonly schema?: ObjectSchema;
}

/** The entities, in the order in which the template and the documents list them. */
export const entities: readonly Entity[] = [
  { name: 'Item', path: 'items', description: 'JSON objects with an id, entity tags and exact numbers.' },
];

/** The path of the collection of an entity. */
export const collectionOf = ({ path }: Pick<Entity, 'path'>): `/${string}` => `/${path}`;

/** The name of the collection in PascalCase: `OrderLines` for `order-lines`. */
export const collectionName = ({ path }: Pick<Entity, 'path'>): string =>
  path
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/**
 * Prefix of the names of resources and outputs, where the template has one of them for each entity. Those of items have the plain name,
 * such as `TableName`; those of orders are called `OrderTableName`.
 */
export const entityPrefix = ({ name }: Pick<Entity, 'name'>): string => (name === 'Item' ? '' : name);

/** The words for an entity in texts: `order line`, `an order line`, `order lines`. */
export const wordsOf = ({ name, path }: Pick<Entity, 'name' | 'path'>) => {
  const one = name.replaceAll(/(?!^)[A-Z]/g, ' $&').toLowerCase();
  return { one, aOne: `${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}`, many: path.replaceAll('-', ' ') };
};

/** The name under which the table keeps an indexed attribute as a key, which is the name of the index, too. */
export const indexName = (attribute: string): string => `index_${attribute}`;
