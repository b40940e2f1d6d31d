import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnGatewayResponse, type CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Problem, type ProblemSlug, problems } from '../contract/problems.ts';
import { comment } from './comment.ts';

/** Adds the answers that the gateway gives by itself, as problem details (RFC 9457) that a page of any origin may read. */
export const addGatewayResponses = (stack: Stack, restApi: CfnRestApi): readonly CfnGatewayResponse[] => {
  const entries = Object.entries(problems) as [ProblemSlug, Problem][];
  const responses = entries.flatMap(([slug, problem]) =>
    (problem.gatewayResponses ?? []).map((type) => addGatewayResponse(stack, restApi, type, slug, problem)),
  );
  const [first] = responses;
  if (first) comment(first, gatewayResponsesComment);
  return responses;
};

const gatewayResponsesComment = `Answers of the gateway itself, as problem details (RFC 9457). Every origin may read them: they carry no data, and a
deployment keeps them as they are, whatever the parameters`;

const addGatewayResponse = (
  stack: Stack,
  restApi: CfnRestApi,
  responseType: string,
  slug: ProblemSlug,
  { status, title }: Problem,
): CfnGatewayResponse => {
  const headers = {
    'Access-Control-Allow-Origin': "'*'",
    'Access-Control-Expose-Headers': "'*'",
    'Content-Type': "'application/problem+json'",
  };
  return new CfnGatewayResponse(stack, `${gatewayResponseName(responseType)}Response`, {
    restApiId: restApi.ref,
    responseType,
    statusCode: String(status),
    responseParameters: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
    ),
    responseTemplates: {
      'application/json': Fn.sub(problemDetails, { Slug: slug, Title: title, Status: String(status) }),
    },
  });
};

// `messageString` comes with its quotes; of what went wrong on the server's side it says no more than the status does.
const problemDetails = `{${[
  '"type":"urn:items-api:problem:${Slug}"',
  '"title":"${Title}"',
  '"status":${Status}',
  '"detail":$context.error.messageString',
  '"instance":"urn:uuid:$context.requestId"',
  '"requestId":"$context.requestId"',
].join()}}`;

/** The name of a response type in logical ids: `BadRequestBody` for BAD_REQUEST_BODY. */
export const gatewayResponseName = (responseType: string): string =>
  responseType.toLowerCase().replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
