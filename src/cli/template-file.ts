import { LocalError } from '../cloudformation/errors.ts';
import { readText } from '../text/read-text.ts';

/** Returns the text of a template. Rejects with a LocalError if the file cannot be read or is not UTF-8. */
export const readTemplate = (file: string): Promise<string> =>
  readText(file, {
    lead: 'cannot read the template',
    option: '--template',
    fault: (message, options) => new LocalError('INVALID_TEMPLATE', message, options),
  });
