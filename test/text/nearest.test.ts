import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest, nearestFirst } from '../../src/text/nearest.ts';

const types = [
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::ApiGateway::Stage',
  'AWS::EC2::VPC',
  'AWS::EC2::Route',
];

describe('the nearest name', () => {
  it.each<[string, string, string[]]>([
    ['AWS::Lambda::Funtion', 'AWS::Lambda::Function', types],
    ['AWS::Lamda::Function', 'AWS::Lambda::Function', types],
    ['AWS::Lambda::Funciton', 'AWS::Lambda::Function', types],
    ['aws::lambda::function', 'AWS::Lambda::Function', types],
    ['Handlr', 'Handler', ['Handler', 'Runtime']],
    ['handler', 'Handler', ['Handler', 'Runtime']],
    ['Fn:Join', 'Fn::Join', ['Fn::Join', 'Fn::Sub']],
    ['Reff', 'Ref', ['Ref']],
    ['RootResourceID', 'RootResourceId', ['RootResourceId']],
    ['table', 'Table', ['TABLE', 'Table']],
  ])('of %s is %s', (name, found, known) => {
    expect(nearest(name, known)).toBe(found);
    expect(didYouMean(name, known)).toBe(`; did you mean ${found}?`);
  });

  it.each<[string, string[]]>([
    // Types and properties of AWS that the twin does not know are other things, not misspelt ones.
    ['AWS::Lambda::Version', types],
    ['AWS::ApiGatewayV2::Stage', types],
    ['AWS::EC2::Host', types],
    ['AWS::EC2::EIP', types],
    ['StreamSpecification', ['SSESpecification']],
    ['PrivateSubnet3', ['PrivateSubnet1', 'PrivateSubnet2']],
    ['Id', ['Arn']],
    ['', ['A']],
    ['X', []],
  ])('is none of %s', (name, known) => {
    expect(nearest(name, known)).toBeUndefined();
    expect(didYouMean(name, known)).toBe('');
  });
});

describe('the distance', () => {
  const text = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', '😀') });

  it('is 0 of equal texts only, the same both ways, and at most the longer length', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const distance = editDistance(one, other);
        expect(distance === 0).toBe(one === other);
        expect(editDistance(other, one)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max([...one].length, [...other].length));
      }),
    );
  });

  it('is 1 after one edit: a letter less, another one, or two that are swapped', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 2 }), fc.nat(), (letters, random) => {
        const index = random % (letters.length - 1);
        const word = letters.join('');
        const swapped = letters.with(index, letters[index + 1] ?? '').with(index + 1, letters[index] ?? '');
        for (const edited of [letters.toSpliced(index, 1), letters.with(index, 'x'), swapped])
          expect(editDistance(word, edited.join(''))).toBe(1);
      }),
    );
  });

  it('orders names', () => {
    expect(nearestFirst('itms', ['orders', 'Items', 'items'])).toEqual(['items', 'Items', 'orders']);
  });
});
