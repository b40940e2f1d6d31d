import { invalidProperty } from '../../cloudformation/errors.ts';
import { unsupportedProperty } from '../../cloudformation/properties.ts';
import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import type { SessionCredentials } from '../iam/credentials.ts';
import type { Iam } from '../iam/index.ts';
import { algorithmName, canonicalRequest, signature, stringToSign } from '../iam/sigv4.ts';
import type { ServiceCall, ServiceCalls } from '../requests/service-calls.ts';
import type { IntegrationConfiguration } from './configuration.ts';
import { type Failure, failure, isFailure } from './failure.ts';
import type { Headers } from './http.ts';
import { compileIntegrationRole } from './integration-role.ts';
import type { BackEnd } from './mapped-integration.ts';
import { setIntegration } from './write-context.ts';

/** Services that integrations with DynamoDB use. */
export interface DynamoDbBackEndServices {
  readonly stack: StackIdentity;
  readonly iam: Iam;
  readonly dynamodb: { readonly endpoint: string };
  readonly calls: ServiceCalls;
}

/**
 * Creates the back end of an AWS integration with DynamoDB. It signs the calls as the role of the integration, and the policies
 * of that role apply. The status of the response selects the integration response.
 */
export const compileDynamoDbBackEnd = (
  action: string,
  { uri = '', credentials, integrationHttpMethod, timeoutInMillis, requestParameters }: IntegrationConfiguration,
  services: DynamoDbBackEndServices,
): BackEnd => {
  if (integrationHttpMethod !== 'POST')
    throw invalidProperty(
      'Integration.IntegrationHttpMethod',
      `is ${integrationHttpMethod ?? 'missing'}, but DynamoDB is called by POST only; write POST`,
    );
  if (credentials === undefined)
    throw invalidProperty('Integration.Credentials', 'is missing. Name the role with which API Gateway calls DynamoDB');
  const { iam, calls, dynamodb, stack } = services;
  const region = uri.split(':')[3];
  if (region !== stack.region)
    throw invalidProperty(
      'Integration.Uri',
      `calls DynamoDB in ${region}, and the stack is in ${stack.region}; write \${AWS::Region}`,
    );
  const [mapped] = Object.keys(requestParameters).filter((name) => !name.startsWith('integration.request.path.'));
  if (mapped !== undefined)
    throw unsupportedProperty(
      'Integration.RequestParameters',
      `maps ${mapped}, which the twin does not support for DynamoDB. Remove it`,
    );
  const assume = compileIntegrationRole(credentials, iam);
  return async (source, body) => {
    const identity = assume();
    if (isFailure(identity)) return identity;
    const session = iam.credentials.issueTemporary(identity);
    const seen: ServiceCall[] = [];
    calls.set(session.accessKeyId, (call) => seen.push(call));
    const { context } = source;
    const begun = performance.now();
    try {
      const headers = signedHeaders(action, body, { session, endpoint: dynamodb.endpoint, region: stack.region });
      const signal = AbortSignal.timeout(timeoutInMillis);
      const response = await fetch(dynamodb.endpoint, { method: 'POST', headers, body, signal });
      const text = await response.text();
      setIntegration(context, { status: response.status });
      return { selection: String(response.status), headers: [...response.headers] as Headers, body: text };
    } catch (error) {
      return callFailure(error);
    } finally {
      setIntegration(context, { latency: Math.round(performance.now() - begun) });
      source.onInvocation?.({ calls: seen });
      iam.credentials.revoke(session.accessKeyId);
      calls.delete(session.accessKeyId);
    }
  };
};

/** Returns the failure of a call without a response: it timed out, or the connection broke. */
const callFailure = (error: unknown): Failure => {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return failure('INTEGRATION_TIMEOUT', { reason: 'Execution failed due to a timeout error' });
  const { cause } = error instanceof Error ? error : { cause: error };
  const why = cause instanceof Error ? cause.message : String(error);
  return failure('INTEGRATION_FAILURE', { reason: `Execution failed: DynamoDB has not responded: ${why}` });
};

interface Signer {
  readonly session: SessionCredentials;
  readonly endpoint: string;
  readonly region: string;
}

const signedHeaders = (action: string, body: string, { session, endpoint, region }: Signer): Record<string, string> => {
  const date = new Date().toISOString().replace(/[:-]|\.\d+/g, '');
  const headers = {
    'Content-Type': 'application/x-amz-json-1.0',
    Host: new URL(endpoint).host,
    'X-Amz-Date': date,
    'X-Amz-Security-Token': session.sessionToken,
    'X-Amz-Target': `DynamoDB_20120810.${action}`,
  };
  const names = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .join(';');
  const request = { method: 'POST', path: '/', query: '', headers: Object.entries(headers), body: Buffer.from(body) };
  const scope = [date.slice(0, 8), region, 'dynamodb', 'aws4_request'];
  const toSign = stringToSign(date, scope.join('/'), canonicalRequest(request, names));
  const sum = signature(session.secretAccessKey, scope, toSign);
  const credential = `${session.accessKeyId}/${scope.join('/')}`;
  const authorization = `${algorithmName} Credential=${credential}, SignedHeaders=${names}, Signature=${sum}`;
  const { Host: _host, ...sent } = headers;
  return { ...sent, Authorization: authorization };
};
