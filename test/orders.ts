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

/** Makes items and these rows the entities of a checkout, whatever others its contract has. */
export const addEntities = (directory: string, rows: string = row): void => {
  const file = join(directory, 'src/contract/entities.ts');
  const source = readFileSync(file, 'utf8');
  const list = /(?<= = \[\n(?: {2}\{ .*\},| {2}\{\n.*?\n {2}\},)\n).*?(?=^\];\n)/ms;
  if (!list.test(source)) throw new Error(`${file} has no list of entities`);
  writeFileSync(
    file,
    source.replace(list, () => rows),
  );
};
