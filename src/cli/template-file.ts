import { LocalError } from '../cloudformation/errors.ts';
import { readText } from '../text/read-text.ts';

/** The text of a template that the twin is to run. A file that cannot be read, or is no text in UTF-8, is a LocalError. */
export const readTemplate = (file: string): Promise<string> =>
  readText(file, {
    lead: 'cannot read the template',
    option: '--template',
    fault: (message, options) => new LocalError('INVALID_TEMPLATE', message, options),
  });
