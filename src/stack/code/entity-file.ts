import type { Entity } from '../../contract/entities.ts';
import { collectionOf } from '../../contract/entities.ts';
import type { AttributeSchema } from '../../contract/entity-schema.ts';
import { type Operation, operations } from '../../contract/operations.ts';
import { type Literal, pythonLiteral, typescriptLiteral } from './literal.ts';

/** Name, without extension, of the functions' source file that describes their entity. Its text is different for each entity. */
export const entityFile = 'entity';

/** Returns the TypeScript source file that describes an entity to its functions. */
export const typescriptEntity = (entity: Entity): string => {
  const { schema } = entity;
  const imports = ["import type { AttributeMap } from './attribute-value.ts';"];
  if (schema) imports.push("import { checkMap, type Schema } from './schema.ts';");
  const parts = [
    `// ${heading}`,
    imports.join('\n'),
    `/** ${comments.collection} */\nexport const collection = ${typescriptLiteral(collectionOf(entity))};`,
    `/** ${comments.queryParameters} */\nexport const queryParameters = ${typescriptLiteral(queriesOf(entity))} as const;`,
    `/** ${comments.indexes} */\nexport const indexes: readonly string[] = ${typescriptLiteral(entity.indexes ?? [])};`,
    ...(schema ? [`const schema: Schema = ${typescriptLiteral(compiled(schema))};`] : []),
    schema
      ? `/** ${comments.check} */\nexport const checkAttributes = (attributes: AttributeMap): void => checkMap(attributes, schema);`
      : `/** ${comments.noCheck} */\nexport const checkAttributes = (_attributes: AttributeMap): void => {};`,
  ];
  return `${parts.join('\n\n')}\n`;
};

/** Returns the same description as a Python module. */
export const pythonEntity = (entity: Entity): string => {
  const { schema } = entity;
  const parts = [
    `"""${heading}"""`,
    'from __future__ import annotations',
    'from typing import TYPE_CHECKING',
    ...(schema ? ['from .schema import check_map'] : []),
    'if TYPE_CHECKING:\n    from .shapes import AttributeMap',
    `#: ${comments.collection}\nCOLLECTION = ${pythonLiteral(collectionOf(entity))}`,
    `#: ${comments.queryParameters}\nQUERY_PARAMETERS = ${pythonLiteral(queriesOf(entity))}`,
    `#: ${comments.indexes}\nINDEXES: tuple[str, ...] = ${pythonLiteral(entity.indexes ?? [])}`,
    ...(schema ? [`SCHEMA = ${pythonLiteral(compiled(schema))}`] : []),
    `\ndef check_attributes(attributes: AttributeMap) -> None:\n    """${schema ? comments.check : comments.noCheck}"""${schema ? '\n    check_map(attributes, SCHEMA)' : ''}`,
  ];
  return `${parts.join('\n\n')}\n`;
};

const heading = 'Describes the entity. "npm run synth" writes it from src/contract/entities.ts.';

const comments = {
  collection: 'The path of the collection.',
  queryParameters: 'The query parameters of each operation.',
  indexes: 'The attributes by which the list can be looked up.',
  check: 'Checks the attributes of an item against the schema of the entity.',
  noCheck: 'Accepts any attributes: the entity has no schema.',
} as const;

const queriesOf = (entity: Entity): Literal =>
  Object.fromEntries(
    operations.filter((operation) => operation.entity === entity).map(({ name, query = [] }: Operation) => [name, query]),
  );

/** Converts a schema to the form that functions read: types as a list, decimals as text, the values of `enum` as JSON text. */
export const compiled = (schema: AttributeSchema): Literal => {
  const { type, enum: values, minimum, maximum, items, properties, additionalProperties, ...rest } = schema;
  return {
    ...(type !== undefined && { type: typeof type === 'string' ? [type] : type }),
    ...(values && { enum: values.map((value) => JSON.stringify(value)) }),
    ...rest,
    ...(minimum !== undefined && { minimum: decimalText(minimum) }),
    ...(maximum !== undefined && { maximum: decimalText(maximum) }),
    ...(items && { items: compiled(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, compiled(inner)])),
    }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'boolean' ? additionalProperties : compiled(additionalProperties),
    }),
  };
};

/** Returns the shortest text of a number, without the plus sign of `1e+21`. */
const decimalText = (value: number): string => String(value).replace('+', '');
