import type { Description } from '../twin/index.ts';

/** A security scheme of the OpenAPI document. */
export type Scheme = 'sigv4' | 'token' | 'apiKey';

/** Returns the security schemes that the methods of a stack require. */
export const askedSchemes = ({ authorizationTypes, methods }: Description): readonly Scheme[] => {
  const asked: readonly [Scheme, boolean][] = [
    ['sigv4', authorizationTypes.has('AWS_IAM')],
    ['token', authorizationTypes.has('COGNITO_USER_POOLS')],
    ['apiKey', methods.some(({ apiKeyRequired }) => apiKeyRequired)],
  ];
  return asked.filter(([, isAsked]) => isAsked).map(([name]) => name);
};
