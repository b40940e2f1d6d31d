import { join } from 'node:path';
import { pythonPrograms } from '../../scan/python.ts';
import { orUnprepared } from '../../scan/unprepared.ts';
import { environment } from './ministack.ts';

/** Before any test: installs ministack and the AWS CLI, or finds them as the last run left them. */
export default async (): Promise<void> => {
  const code = await orUnprepared(async () => {
    await pythonPrograms(environment, join(import.meta.dirname, 'requirements.txt'));
    return 0;
  });
  // Vitest would print the error of a setup with its stack.
  if (code !== 0) process.exit(code);
};
