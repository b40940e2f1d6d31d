import { join } from 'node:path';
import type { Emulator } from '../../prove/emulator.ts';
import { execute } from '../../scan/execute.ts';
import { groupsOf, titleOf } from '../../src/conformance/runner.ts';
import { adapted } from './adapt.ts';
import { isUnanswered, validatedModels } from './differences.ts';
import { type Front, openFront } from './front.ts';
import { apiId } from './stack.ts';

/* What `npm run prove` needs otherwise on ministack. It runs where the variables of AWS name one: see ministack.ts. */

let front: Front | undefined;

const variables = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
);

const emulator: Emulator = {
  name: 'ministack',
  except: Object.entries(groupsOf({ authorize: () => ({}) })).flatMap(([group, members]) =>
    members
      .map(({ name }) => ({ group, name }))
      .filter(isUnanswered)
      .map(titleOf),
  ),
  adapt: adapted,
  async deployed(invokeUrl) {
    const args = [join(import.meta.dirname, 'add_validators.py'), apiId(invokeUrl), ...validatedModels];
    await execute('python', args, { directory: process.cwd(), variables });
    front ??= await openFront(process.env.AWS_ENDPOINT_URL ?? '', invokeUrl);
    return front.url;
  },
  async stop() {
    await front?.stop();
  },
};

export default emulator;
