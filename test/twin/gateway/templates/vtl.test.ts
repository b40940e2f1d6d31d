import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../../../src/twin/gateway/templates/vtl.ts';
import { contextOf, request } from '../support.ts';

const render = (template: string, body = '', parts: Parameters<typeof request>[0] = {}) => {
  const from = request(parts);
  const context = contextOf(from);
  const stageVariables = { allowedOrigins: 'https://a.example,https://b.example' };
  const output = compileTemplate(template)({ body, request: from, pathParameters: { id: '7' }, context, stageVariables });
  return { output, context };
};

describe('compileTemplate', () => {
  const pets = '{"pets":[{"name":"Rex","age":3},{"name":"Mia \\"M\\"","age":1.5}],"empty":""}';

  it.each([
    ['$input.body', pets],
    ["$input.json('$.pets[0]')", '{"name":"Rex","age":3}'],
    ["$input.json('$.pets[*].name')", '["Rex","Mia \\"M\\""]'],
    ["$input.json('$.nothing')", '""'],
    ["$input.path('$.pets[-1].age')", '1.5'],
    ["#set($root = $input.path('$'))$root.pets.size()", '2'],
    ["#foreach($pet in $input.path('$.pets'))$pet.name#if($foreach.hasNext);#end#end", 'Rex;Mia "M"'],
    ["#foreach($key in $input.path('$.pets[0]').keySet())$key #end", 'name age '],
    ["$util.escapeJavaScript($input.path('$.pets[1].name'))", 'Mia \\"M\\"'],
    ["#if($input.path('$.empty').isEmpty())none#{else}some#end", 'none'],
  ])('renders %s', (template, expected) => {
    expect(render(template, pets).output).toBe(expected);
  });

  it.each([
    ["$input.params('id') $input.params('q') $input.params('X-A') [$input.params('x-a')]", '7 two h []'],
    ["$input.params().header.get('X-A') [$input.params().header.get('nothing')]", 'h []'],
    ['#foreach($name in $input.params().querystring.keySet())$name=$input.params().querystring.get($name)#end', 'q=two'],
    ['$context.stage $context.identity.sourceIp $context.nothing $!context.nothing', 'v1 127.0.0.1  '],
    ['[$context.authorizer.claims.sub|$context.identity.cognitoIdentityId|$!context.nothing]', '[||]'],
    ['$stageVariables.allowedOrigins.split(",").get(1)', 'https://b.example'],
    ['#set($text = "  Mixed ")$text.trim().toLowerCase() $text.length() $text.contains("Mix")', 'mixed 8 true'],
    [
      '#set($text = "a,b,,")$text.split(",").size() $text.replaceAll("[ab]", "x") $text.matches("a.*") $text.matches("a")',
      '2 x,x,, true false',
    ],
    [
      '#set($text = "abc")$text.substring(1) $text.substring(0, 1) $text.indexOf("c") $text.equals("abc") $text.startsWith("b")',
      'bc a 2 true false',
    ],
    ['#set($list = ["a"])#if($list.add("b"))#end$list.contains("b") $list[0]', 'true a'],
    [
      '#set($map = {"a": 1})$map.containsKey("a") $map.get("a") #foreach($e in $map.entrySet())$e.key:$e.value#end',
      'true 1 a:1',
    ],
    ['$util.urlEncode("a b/ü") $util.urlDecode("a+b%2F")', 'a+b%2F%C3%BC a b/'],
    ['$util.base64Encode("hü") $util.base64Decode("aMO8")', 'aMO8 hü'],
    ['#set($value = $util.parseJson(\'{"a":{"b":[1,2]}}\'))$value.a.b[1]', '2'],
  ])('renders %s for a request', (template, expected) => {
    expect(render(template, '', { query: 'q=one&q=two', headers: [['X-A', 'h']] }).output).toBe(expected);
  });

  it('writes overrides into the context, names with dashes too', () => {
    const template =
      '#set($context.responseOverride.header.Access-Control-Allow-Origin = "*")#set($context.responseOverride.status = 418)#set($context.requestOverride.path.id = "8")';
    const { output, context } = render(template);
    expect(output).toBe('');
    expect(context.responseOverride).toEqual({ header: { 'Access-Control-Allow-Origin': '*' }, status: 418 });
    expect(context.requestOverride.path).toEqual({ id: '8' });
  });

  it('renders the same again: nothing of one request stays for the next', () => {
    const template = compileTemplate('#set($count = "$!{count}x")$count');
    const from = request();
    const input = { body: '', request: from, pathParameters: {}, context: contextOf(from), stageVariables: {} };
    expect([template(input), template(input)]).toEqual(['x', 'x']);
  });

  it('rejects methods it does not know, by name, and what is no VTL', () => {
    expect(() => compileTemplate('$input.body.codePointAt(1)')).toThrow(
      /calls \.codePointAt\(\), which the twin does not support/,
    );
    expect(() => compileTemplate('#if($a) $b.normalize() #end')).toThrow(/\.normalize\(\)/);
    expect(() => compileTemplate('#set($a = )')).toThrow(/not valid VTL/);
  });

  it('ends nested loops that take more than a second, also on lines of their own', () => {
    const loop = (inner: string) => `#foreach($e in $input.path('$'))\n${inner}\n#end`;
    expect(() => render(loop(loop('x')), JSON.stringify(Array.from({ length: 5000 }, () => 0)))).toThrow(
      'takes more than 1 s',
    );
  });
});
