import { operations } from '../../src/contract/operations.ts';
import type { Edition } from '../../src/stack/code/edition.ts';
import type { Source } from '../../src/stack/source.ts';

/** An edition whose handlers respond with their names. */
export const edition: Edition = {
  runtime: 'nodejs24.x',
  code: {
    shared: [
      { name: 'Imports', text: "'use strict';\n" },
      { name: 'Respond', text: '// respond.ts: Responds.\n\nconst respond = (body) => ({ statusCode: 200, body });\n' },
    ],
    handlers: new Map(
      operations.map(({ name, handler }) => [
        name,
        {
          needs: ['Imports', 'Respond'],
          text: `// ${handler}.ts: Does it.\n\nexports.lambda_handler = async () => {\n  return respond('${handler}');\n};\n`,
        },
      ]),
    ),
  },
};

/** What templates of tests are made from. */
export const source: Source = { name: 'items-api: src', version: '1.2.3', hash: '0123abcd'.repeat(8) };
