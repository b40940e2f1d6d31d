import { describe, expect, it } from 'vitest';
import { type Account, accountDefaults } from '../../src/deploy/account.ts';
import { parseTemplate } from '../../src/deploy/template.ts';

const template = parseTemplate(
  'template.yaml',
  'Parameters:\n  NatGateways: {Type: String, Default: One}\n  DynamoDbPrefixListId: {Type: String, Default: ""}\n  ManageApiGatewayAccount: {Type: String, Default: "true"}\nResources: {}',
);

const values = (account: Account, given: Readonly<Record<string, string>> = {}, owns = false) =>
  Object.fromEntries(accountDefaults(template, given, account, owns).map(({ parameter, value }) => [parameter, value]));

describe('the prefix list', () => {
  const list = (account: Account, nat?: string) => values(account, nat ? { NatGateways: nat } : {}).DynamoDbPrefixListId;

  it('is the only way out without NAT', () => {
    expect(list({ prefixListId: 'pl-1' }, 'None')).toBe('pl-1');
    expect(list({ prefixListId: 'pl-1' }, 'One')).toBe('');
    expect(list({ prefixListId: 'pl-1' })).toBe('');
  });

  it('stays unset where there is none, and as it is where it is not known', () => {
    expect(list({ prefixListId: null }, 'None')).toBe('');
    expect(list({}, 'None')).toBeUndefined();
  });
});

describe('the role that API Gateway logs with', () => {
  const manages = (account: Account, owns = false) => values(account, {}, owns).ManageApiGatewayAccount;
  const role = (exists: boolean | undefined): Account => ({ logRole: { arn: 'arn:aws:iam::1:role/logs', exists } });

  it('is set if there is none, or only the name of one', () => {
    expect(manages({ logRole: null })).toBe('true');
    expect(manages(role(false))).toBe('true');
  });

  it('is left alone if somebody else’s exists, or may exist', () => {
    expect(manages(role(true))).toBe('false');
    expect(manages(role(undefined))).toBe('false');
  });

  it('is kept by the stack that has set it', () => {
    expect(manages(role(true), true)).toBe('true');
  });

  it('is not decided without an answer', () => {
    expect(manages({})).toBeUndefined();
  });
});

it('is the user’s own choice where there is one, and nothing where the template has no such parameter', () => {
  const given = { DynamoDbPrefixListId: '', ManageApiGatewayAccount: 'false' };
  expect(values({ prefixListId: 'pl-1', logRole: null }, given)).toEqual({});
  expect(accountDefaults({ parameters: new Map() }, {}, { prefixListId: 'pl-1', logRole: null }, false)).toEqual([]);
});
