import { describe, expect, it } from 'vitest';
import { explained, ifPermitted } from '../../src/deploy/aws-errors.ts';
import { DeployError } from '../../src/deploy/errors.ts';

const failure = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, $metadata: {} }, more);

describe('an error of AWS', () => {
  it.each([
    ['ExpiredToken', 'The security token is expired', /^the AWS credentials have expired: renew them/],
    [
      'CredentialsProviderError',
      'Token is expired. To refresh this SSO session run aws sso login',
      /^the AWS credentials have expired/,
    ],
    ['CredentialsProviderError', 'Could not load credentials', /^there are no AWS credentials: set AWS_PROFILE/],
    [
      'InvalidClientTokenId',
      'The security token is invalid.',
      /^AWS does not accept the credentials: check AWS_PROFILE.*\(The security token is invalid\)$/,
    ],
    [
      'AccessDenied',
      'User: a is not authorized to perform: b:C',
      /^AWS denies this: User: a is not authorized to perform: b:C; ask/,
    ],
    ['NotFound', 'Unknown', /^the server is not AWS: check AWS_ENDPOINT_URL and those of single services/],
    ['SyntaxError', '@aws-sdk XML parse error: unexpected content', /^the server is not AWS: /],
    ['RequestTimeTooSkewed', 'skewed', /^AWS rejects the request as the clock of this machine is wrong/],
    ['Throttling', 'Rate exceeded', /^AWS throttles/],
    ['ThrottledException', 'Rate exceeded', /^AWS throttles/],
    [
      'ValidationError',
      'Parameters: [A] must exist\nmore',
      /^AWS rejects this with ValidationError: Parameters: \[A\] must exist$/,
    ],
  ])('%s is one sentence: %s', (name, message, sentence) => {
    const error = explained(failure(name, message), {});
    expect(error).toBeInstanceOf(DeployError);
    expect((error as Error).message).toMatch(sentence);
  });

  it('names the profile that gives no credentials, and where it should be', () => {
    const sentence = (env: NodeJS.ProcessEnv) =>
      (explained(failure('CredentialsProviderError', 'Could not load.'), env) as Error).message;
    expect(sentence({ AWS_PROFILE: 'nope' })).toBe(
      'the profile nope of AWS_PROFILE gives no credentials: is it in ~/.aws/config or ~/.aws/credentials? (Could not load)',
    );
    expect(sentence({ AWS_PROFILE: 'nope', AWS_CONFIG_FILE: '/etc/aws' })).toContain('in /etc/aws or ~/.aws/credentials?');
    expect(sentence({ AWS_PROFILE: '' })).toMatch(/^there are no AWS credentials: /);
  });

  it('is found among the causes of one of Node.js', () => {
    const rejected = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED' });
    expect(explained(rejected)).toMatchObject({
      message: expect.stringMatching(/^the endpoint cannot be reached \(connect ECONN/),
    });
    expect(explained(new AggregateError([rejected], 'none'))).toMatchObject({
      message: expect.stringMatching(/^the endpoint/),
    });
  });

  it('is left as it is if it is a fault of ours', () => {
    const error = new TypeError('x is not a function');
    expect(explained(error)).toBe(error);
  });
});

describe('a question', () => {
  const ask = (error: Error) => ifPermitted(() => Promise.reject(error));

  it('may stay unanswered', async () => {
    expect(await ask(failure('AccessDeniedException', 'no'))).toBeUndefined();
    expect(await ask(failure('UnauthorizedOperation', 'no'))).toBeUndefined();
    expect(await ask(failure('InvalidAction', 'what?'))).toBeUndefined();
    expect(await ask(failure('Error', '', { $metadata: { httpStatusCode: 501 } }))).toBeUndefined();
    expect(await ifPermitted(async () => 1)).toBe(1);
  });

  it('does not hide that something else is wrong', async () => {
    await expect(ask(failure('ExpiredToken', 'late'))).rejects.toThrow('late');
  });
});
