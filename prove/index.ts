/* Proves the project in an AWS account: `npm run prove -- --help`. */
import { DeployError, explained, interruptedUnchanged, isAbort } from '../src/deploy/index.ts';
import { help, parseArguments } from './arguments.ts';
import { prove } from './prove.ts';

const args = parseArguments(process.argv.slice(2));
if (args === undefined) {
  console.log(help);
  process.exit();
}
if (typeof args === 'string') {
  console.error(`${args}; see --help`);
  process.exit(2);
}

// Exit code of the process if the run never settles and nothing keeps the process alive.
process.exitCode = 13;
try {
  process.exitCode = await prove(args);
} catch (error) {
  const known = isAbort(error) ? interruptedUnchanged() : explained(error);
  console.error(known instanceof DeployError ? known.message : known);
  process.exitCode = known instanceof DeployError ? known.exitCode : 1;
}
