import { collectionName, type Entity } from '../contract/entities.ts';
import { serverOwnedAttributes } from '../contract/item.ts';
import { queryParameters } from '../contract/parameters.ts';
import { checkSchema } from './check-schema.ts';
import { SynthError } from './code/synth-error.ts';

/** Throws a SynthError with row, fault and remedy if templates cannot be generated from these entities. */
export const checkEntities = (entities: readonly Entity[]): void => {
  const [first] = entities;
  if (first?.name !== 'Item' || first.path !== 'items' || first.schema !== undefined || first.indexes?.length) {
    throw new SynthError(
      `${file}: the first row must be Item, at items, without indexes and schema: handlers and tests are written for it. Add others below it`,
    );
  }
  for (const [index, entity] of entities.entries()) {
    const before = entities.slice(0, index);
    checkNames(entity);
    checkSchemaNames(entity, before);
    for (const member of ['name', 'path'] as const) {
      if (before.some((other) => other[member].toLowerCase() === entity[member].toLowerCase())) {
        throw fault(entity, `the ${member} ${entity[member]} is that of another entity: choose another one`);
      }
    }
    // For an entity Order at `/order`, collection and items would get the same logical id.
    if (before.some((other) => isSame(collectionName(other), collectionName(entity)))) {
      throw fault(entity, `the path ${entity.path} gives the logical ids of another entity's: choose another one`);
    }
    if (
      [...before, entity].some(
        (other) => isSame(entity.name, collectionName(other)) || isSame(other.name, collectionName(entity)),
      )
    ) {
      throw fault(entity, `the path ${entity.path} and a name give the same logical ids: choose a path in the plural`);
    }
    checkIndexes(entity);
    if (entity.schema !== undefined) checkSchema(entity.schema, (text) => fault(entity, text));
    checkIndexTypes(entity);
  }
};

const file = 'src/contract/entities.ts';

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const fault = ({ name }: Pick<Entity, 'name'>, text: string): SynthError =>
  new SynthError(`${file}: entity ${name}: ${text}`);

const checkNames = (entity: Entity): void => {
  const { name, path, description } = entity;
  if (!/^[A-Z][A-Za-z0-9]{0,29}$/.test(name)) {
    throw fault(entity, `the name must be one noun in PascalCase of at most 30 letters and digits, such as OrderLine`);
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(path) || path.length > 30 || /^s?ping$/.test(path)) {
    throw fault(
      entity,
      `the path ${path} must be lower-case words with hyphens between them, at most 30 characters, such as order-lines, and not ping or sping, which API Gateway keeps for itself`,
    );
  }
  if (description === '') throw fault(entity, 'the description is empty: say in a sentence what it is');
};

/** Names that schemas of the OpenAPI document, or models of every API, already have. */
const takenNames: readonly string[] = ['AttributeValue', 'Problem', 'Error', 'Empty'];

const schemasOf = (name: string): string[] => [name, `New${name}`, `${name}Replacement`, `${name}Page`];

const checkSchemaNames = (entity: Entity, before: readonly Entity[]): void => {
  const taken = [...takenNames, ...before.flatMap(({ name }) => schemasOf(name))];
  const clash = schemasOf(entity.name).find((name) => taken.includes(name));
  if (clash !== undefined && !before.some(({ name }) => name === entity.name)) {
    throw fault(entity, `a schema or model called ${clash} is there already: choose another name`);
  }
};

/** DynamoDB's default quota: 20 global secondary indexes for a table. */
const indexLimit = 20;

const checkIndexes = (entity: Entity): void => {
  const { indexes = [] } = entity;
  if (indexes.length > indexLimit) {
    throw fault(entity, `it has ${indexes.length} indexes, and a table can have ${indexLimit}: remove some`);
  }
  for (const [at, attribute] of indexes.entries()) {
    // An expression can use such a key without a placeholder. The name of an index has 3 to 255 characters.
    if (!/^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(attribute)) {
      throw fault(
        entity,
        `the index ${attribute} must be an attribute of at most 60 letters, digits and _ that begins with a letter`,
      );
    }
    if (indexes.indexOf(attribute) !== at) throw fault(entity, `the index ${attribute} stands twice: remove one`);
    if ((serverOwnedAttributes as readonly string[]).includes(attribute)) {
      throw fault(entity, `the index ${attribute} is an attribute of the server: indexes are for attributes of clients`);
    }
    if (Object.hasOwn(queryParameters, attribute)) {
      throw fault(entity, `the index ${attribute} is a query parameter of every list already: rename the attribute`);
    }
  }
};

/**
 * A key of an index is a string of 1 to 1,024 bytes. A schema that requires anything else would make every item with the key
 * invalid.
 */
const checkIndexTypes = (entity: Entity): void => {
  const { indexes = [], schema } = entity;
  for (const attribute of schema ? indexes : []) {
    const own = schema?.properties?.[attribute] ?? schema?.additionalProperties ?? {};
    if (own === false) {
      throw fault(entity, `the schema does not allow ${attribute}, which is an index: add it to properties`);
    }
    const { type = 'string', enum: values, minLength = 0, maxLength = 1 } = own === true ? {} : own;
    const isKey = (value: unknown): boolean => typeof value === 'string' && value !== '';
    if (type !== 'string' || values?.some((value) => !isKey(value)) || minLength > 1024 || maxLength < 1) {
      throw fault(entity, `the index ${attribute} needs strings of 1 to 1,024 bytes, and the schema has others: correct it`);
    }
  }
};
