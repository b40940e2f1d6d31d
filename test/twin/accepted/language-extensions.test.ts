import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { stackStarter, template } from './support.ts';

const start = stackStarter();

const Mappings = { Sizes: { small: { memory: '128' } } };
const using = (variables: JsonObject, sections: JsonObject): string =>
  template({
    function: {
      Code: { ZipFile: 'exports.handler = async () => ({ statusCode: 200, body: JSON.stringify(process.env) });' },
      Environment: { Variables: variables },
    },
    sections: { Mappings, ...sections },
  });

it('evaluates Fn::ToJsonString, Fn::Length and DefaultValue', async () => {
  const variables: JsonObject = {
    TEXT: { 'Fn::ToJsonString': { role: { 'Fn::GetAtt': 'Role.Arn' }, list: [1, 'b'] } },
    COUNT: { 'Fn::Length': { 'Fn::Split': [',', 'a,b,c'] } },
    FALLBACK: { 'Fn::FindInMap': ['Sizes', 'large', 'memory', { DefaultValue: '256' }] },
    FOUND: { 'Fn::FindInMap': ['Sizes', { 'Fn::Join': ['', ['sm', 'all']] }, 'memory', { DefaultValue: '256' }] },
  };
  const { url } = await start(using(variables, { Transform: 'AWS::LanguageExtensions' }));
  const { TEXT, COUNT, FALLBACK, FOUND } = (await (await fetch(url)).json()) as Readonly<Record<string, string>>;
  expect([COUNT, FALLBACK, FOUND]).toEqual(['3', '256', '128']);
  expect(TEXT).toMatch(/^\{"role":"arn:aws:iam::\d{12}:role\/[^"]+","list":\[1,"b"\]\}$/);
});

it.each<[JsonObject, string]>([
  [{ A: { 'Fn::ToJsonString': { a: 1 } } }, 'Fn::ToJsonString needs the transform AWS::LanguageExtensions: add Transform'],
  [{ A: { 'Fn::Length': ['a'] } }, 'Fn::Length needs the transform AWS::LanguageExtensions: add Transform'],
  [
    { A: { 'Fn::FindInMap': ['Sizes', 'large', 'memory', { DefaultValue: '1' }] } },
    'DefaultValue of Fn::FindInMap needs the transform AWS::LanguageExtensions: add Transform',
  ],
])('says what needs the transform: %j', async (variables, message) => {
  await expect(start(using(variables, {}))).rejects.toThrow(message);
});
