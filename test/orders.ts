import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An entity as a developer adds it, with an index and a schema that has every keyword. */
export const row = `  {
    name: 'Order',
    path: 'orders',
    description: 'Orders of customers.',
    indexes: ['customerId', 'status'],
    schema: {
      type: 'object',
      required: ['customerId', 'lines'],
      properties: {
        customerId: { type: 'string', minLength: 1, maxLength: 60 },
        status: { type: 'string', enum: ['open', 'paid', 'sent'] },
        lines: {
          type: 'array',
          minItems: 1,
          maxItems: 20,
          items: {
            type: 'object',
            required: ['product', 'quantity'],
            properties: {
              product: { type: 'string', minLength: 2 },
              quantity: { type: 'integer', minimum: 1, maximum: 999 },
              price: { type: 'number', minimum: 0.01 },
            },
            additionalProperties: false,
          },
        },
        gift: { type: ['boolean', 'null'] },
        labels: { type: 'object', additionalProperties: { type: 'string', maxLength: 20 } },
      },
      additionalProperties: false,
    },
  },
`;

/** Adds rows to the entities of a checkout. */
export const addEntities = (directory: string, rows: string = row): void => {
  const file = join(directory, 'src/contract/entities.ts');
  const source = readFileSync(file, 'utf8');
  const end = source.indexOf('\n];\n');
  if (end < 0) throw new Error(`${file} has no list of entities`);
  writeFileSync(file, `${source.slice(0, end + 1)}${rows}${source.slice(end + 1)}`);
};
