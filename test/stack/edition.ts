import { operations } from '../../src/contract/operations.ts';
import type { Edition } from '../../src/stack/edition.ts';

/** An edition whose handlers answer with their names. */
export const edition: Edition = {
  runtime: 'nodejs24.x',
  code: {
    shared: '"use strict";\nconst answer=body=>({statusCode:200,body});\n',
    handlers: new Map(
      operations.map(({ handler }) => [
        handler,
        `exports.lambda_handler = async (event) => {\n return answer("${handler}");\n};\n`,
      ]),
    ),
  },
};
