import { shellQuoted } from '../text/shell-quoted.ts';
import type { Description } from '../twin/index.ts';
import { isContractServed } from './is-contract-served.ts';

type Stage = Description['stages'][number];
type Method = Stage['methods'][number];

/**
 * Returns a curl command for the first stage, ready to paste into a shell. It creates an item if the stage serves this API, and
 * otherwise calls the simplest method. Returns undefined without a stage or method. The shell variable TOKEN stands for a token
 * of a user pool.
 */
export const curlLine = ({ stages, apiKey, credentials }: Description): string | undefined => {
  const [stage] = stages;
  if (stage === undefined) return undefined;
  const method = simplest(stage);
  if (method === undefined) return undefined;
  const { httpMethod, resourcePath, authorizationType, apiKeyRequired } = method;
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(httpMethod);
  const body = hasBody ? JSON.stringify(isContractServed(stage.methods) ? { name: 'First item' } : {}) : undefined;
  const headers = [
    ...(hasBody ? ['Content-Type: application/json'] : []),
    ...(apiKeyRequired && apiKey !== undefined ? [`x-api-key: ${apiKey}`] : []),
  ];
  return [
    'curl -i',
    ...(httpMethod === 'GET' || httpMethod === 'ANY' || httpMethod === 'POST' ? [] : [`-X ${httpMethod}`]),
    ...(authorizationType === 'AWS_IAM' && credentials
      ? [
          `--aws-sigv4 "aws:amz:${credentials.region}:execute-api"`,
          `--user ${shellQuoted(`${credentials.accessKeyId}:${credentials.secretAccessKey}`)}`,
        ]
      : []),
    shellQuoted(`${stage.url}${resourcePath.replace(/\{[^}]+\}/g, 'x')}`),
    ...headers.map((header) => `-H ${shellQuoted(header)}`),
    ...(authorizationType === 'COGNITO_USER_POOLS' ? ['-H "Authorization: $TOKEN"'] : []),
    ...(body === undefined ? [] : [`-d ${shellQuoted(body)}`]),
  ].join(' ');
};

/**
 * Returns the method that creates an item. Otherwise it prefers a method other than OPTIONS, without path parameters, and GET.
 */
const simplest = ({ methods }: Stage): Method | undefined => {
  if (isContractServed(methods)) return methods.find(({ httpMethod }) => httpMethod === 'POST');
  const cost = ({ httpMethod, resourcePath }: Method): number =>
    (httpMethod === 'OPTIONS' ? 4 : 0) + (resourcePath.includes('{') ? 2 : 0) + (httpMethod === 'GET' ? 0 : 1);
  return methods.toSorted((one, other) => cost(one) - cost(other))[0];
};
