import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arnLike, mayInvoke } from '../../../src/twin/lambda/resource-policy.ts';
import { caller } from './fixture.ts';

const statement = { functionName: 'f', action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com' };

describe('mayInvoke', () => {
  it.each([
    ['the principal alone', {}, true],
    ['another principal', { principal: 's3.amazonaws.com' }, false],
    ['any principal', { principal: '*' }, true],
    ['another action', { action: 'lambda:GetFunction' }, false],
    ['every action', { action: 'lambda:*' }, true],
    ['its action in lower case', { action: 'lambda:invokeFunction' }, true],
    ['its account', { sourceAccount: '123456789012' }, true],
    ['another account', { sourceAccount: '999999999999' }, false],
    ['its very ARN', { sourceArn: caller.sourceArn }, true],
    ['a method of any stage', { sourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc123/*/GET/items/*' }, true],
    ['another method', { sourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc123/*/POST/items/*' }, false],
    ['another API', { sourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:other/*' }, false],
    ['one character', { sourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc12?/v?/GET/items/7' }, true],
    ['its ARN but another account', { sourceArn: caller.sourceArn, sourceAccount: '999999999999' }, false],
  ])('with a statement for %s', (_name, more, expected) => {
    expect(mayInvoke([{ ...statement, ...more }], caller)).toBe(expected);
  });

  it('is false without a statement', () => expect(mayInvoke([], caller)).toBe(false));
});

describe('arnLike', () => {
  const arn = fc
    .array(fc.stringMatching(/^[a-z0-9/.$+()-]{1,12}$/), { minLength: 5, maxLength: 5 })
    .map((parts) => ['arn', ...parts].join(':'));

  it('matches an ARN with itself and with stars for its parts, and no other', () => {
    fc.assert(
      fc.property(arn, fc.nat(5), arn, (one, index, other) => {
        const pattern = one.split(':').with(index, '*').join(':');
        return arnLike(one, one) && arnLike(pattern, one) && arnLike(one, other) === (one === other);
      }),
    );
  });

  it('does not let a star reach into the next part', () => {
    expect(arnLike('arn:*:function', 'arn:aws:lambda:eu-west-1:1:function')).toBe(false);
  });
});
