import type { FunctionConfiguration } from './lambda.ts';

/**
 * True if the code of a function may load an AWS SDK. A function that names none never pays for the search for it, and for the endpoint
 * that its calls of other services would get to.
 */
export const usesSdk = ({ zipFile, codeFolder }: Pick<FunctionConfiguration, 'zipFile' | 'codeFolder'>): boolean =>
  codeFolder !== undefined || /@aws-sdk|@smithy|\bboto/.test(zipFile);
