import { join } from 'node:path';
import { pythonPrograms } from '../../scan/python.ts';
import { environment } from './ministack.ts';

/** Before any test: installs ministack and the AWS CLI, or finds them as the last run left them. */
export default async (): Promise<void> => {
  await pythonPrograms(environment, join(import.meta.dirname, 'requirements.txt'));
};
