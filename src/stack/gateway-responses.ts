import { type Problem, type ProblemSlug, problems, problemType } from '../contract/problems.ts';
import { type Properties, type Resource, ref } from './cloudformation.ts';
import type { Group } from './group.ts';

/** Returns a gateway response for each response type of API Gateway, as problem details (RFC 9457). */
export const gatewayResponses = (): Group => ({
  heading: 'Gateway responses: what API Gateway itself responds with, as problem details (RFC 9457)',
  text: 'Pages of every origin may read these responses: they contain no data. AllowedOrigins cannot apply here, because a deployment keeps the responses when the parameter changes.',
  resources: Object.fromEntries(
    gatewayProblems().map(({ slug, problem, responseType }) => [
      gatewayResponseId(responseType),
      gatewayResponse(responseType, slug, problem),
    ]),
  ),
});

/** Returns the logical ids of all gateway responses. */
export const gatewayResponseIds = (): string[] =>
  gatewayProblems().map(({ responseType }) => gatewayResponseId(responseType));

const gatewayProblems = () =>
  (Object.entries(problems) as [ProblemSlug, Problem][]).flatMap(([slug, problem]) =>
    problem.gatewayResponse ? [{ slug, problem, responseType: problem.gatewayResponse }] : [],
  );

/** Returns the logical id, such as `BadRequestBodyResponse` for BAD_REQUEST_BODY. */
const gatewayResponseId = (responseType: string): string =>
  `${responseType.toLowerCase().replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}Response`;

const gatewayResponse = (responseType: string, slug: ProblemSlug, problem: Problem): Resource => {
  const { status, title, detail, retryAfter } = problem;
  const headers = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': '*',
    'Cache-Control': 'no-store',
    'Content-Type': 'application/problem+json',
    'X-Content-Type-Options': 'nosniff',
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
  };
  const members = [
    `"type": ${JSON.stringify(problemType(slug))}`,
    // A default response covers several types. Without a StatusCode, each keeps its own status.
    ...(status === undefined ? [] : [`"title": ${JSON.stringify(title)}`, `"status": ${status}`]),
    // API Gateway quotes and escapes messageString.
    `"detail": ${detail === undefined ? '$context.error.messageString' : JSON.stringify(detail)}`,
    '"instance": "urn:uuid:$context.requestId"',
    '"requestId": "$context.requestId"',
  ];
  const properties: Properties = {
    RestApiId: ref('RestApi'),
    ResponseType: responseType,
    ...(status !== undefined && { StatusCode: String(status) }),
    ResponseParameters: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
    ),
    ResponseTemplates: { 'application/json': `{\n${members.map((member) => `  ${member}`).join(',\n')}\n}\n` },
  };
  return { Type: 'AWS::ApiGateway::GatewayResponse', Properties: properties };
};
