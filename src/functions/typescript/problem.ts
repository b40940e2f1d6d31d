// Defines the errors that clients receive, as RFC 9457 problem details.

import { problemPrefix, problems } from './contract.ts';

/** An error that the client receives. `detail` names what is wrong and says how to correct it. */
export class Problem extends Error {
  readonly slug: keyof typeof problems;

  constructor(slug: keyof typeof problems, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.slug = slug;
  }
}

/**
 * The members of the response. `requestId` is the one of API Gateway, by which its log has the request.
 */
export const problemDetails = ({ slug, message }: Problem, requestId: string) => {
  const [status, title] = problems[slug];
  return {
    type: problemPrefix + slug,
    title,
    status,
    detail: message,
    instance: `urn:uuid:${requestId}`,
    requestId,
  };
};
