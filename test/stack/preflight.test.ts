import { render } from 'velocityjs';
import { describe, expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { properties, ref } from './built.ts';

interface Preflight {
  readonly Integration: {
    readonly RequestTemplates: Record<string, string>;
    readonly IntegrationResponses: readonly {
      readonly StatusCode: string;
      readonly ResponseParameters: Record<string, string>;
      readonly ResponseTemplates: Record<string, { 'Fn::Join': [string, string[]] }>;
    }[];
  };
  readonly MethodResponses: readonly { readonly StatusCode: string; readonly ResponseParameters: object }[];
}

const preflight = properties<Preflight>('ItemOptionsMethod');
const [response] = preflight.Integration.IntegrationResponses;
const [separator, lines] = response?.ResponseTemplates['application/json']?.['Fn::Join'] ?? ['', []];

/** What the gateway makes of a preflight: the body and the headers that the template sets. */
const respond = (allowedOrigins: string, headers: Record<string, string>) => {
  const context = { responseOverride: { header: {} as Record<string, string> } };
  const body = render(lines.join(separator), {
    context,
    input: { params: () => ({ header: headers, querystring: { Origin: 'https://a.example' }, path: {} }) },
    stageVariables: { allowedOrigins },
  });
  return { body, headers: context.responseOverride.header };
};

describe('the preflight template', () => {
  const list = 'https://a.example,https://b.example:8443';
  const always = { 'Access-Control-Max-Age': '7200', Vary: 'Origin' };

  it.each([
    ['an origin of the list', list, { Origin: 'https://b.example:8443' }, 'https://b.example:8443'],
    ['a header name in lower case', list, { origin: 'https://a.example' }, 'https://a.example'],
    ['any origin', 'any', { Origin: 'https://c.example' }, '*'],
    ['a request without origin, as other responses do', 'any', {}, '*'],
  ])('allows %s', (_, origins, headers, allowed) => {
    expect(respond(origins, headers)).toEqual({
      body: '',
      headers: { ...always, 'Access-Control-Allow-Origin': allowed },
    });
  });

  it.each([
    ['another origin', list, { Origin: 'https://c.example' }],
    ['a part of an origin', list, { Origin: 'https://a.exam' }],
    ['two origins at once', list, { Origin: list }],
    ['the word any', list, { Origin: 'any' }],
    ['no origin', list, {}],
  ])('does not allow %s', (_, origins, headers) => {
    expect(respond(origins, headers)).toEqual({ body: '', headers: always });
  });
});

describe('preflight methods', () => {
  it('need no authorization, and respond from the gateway with 204', () => {
    for (const id of ['ItemsOptionsMethod', 'ItemOptionsMethod']) {
      expect(properties(id)).toMatchObject({
        HttpMethod: 'OPTIONS',
        AuthorizationType: 'NONE',
        ApiKeyRequired: false,
        ResourceId: ref(id.replace('OptionsMethod', 'Resource')),
        Integration: {
          Type: 'MOCK',
          PassthroughBehavior: 'NEVER',
          RequestTemplates: { 'application/json': '{"statusCode":204}' },
          IntegrationResponses: [{ StatusCode: '204' }],
        },
        MethodResponses: [{ StatusCode: '204' }],
      });
    }
  });

  it('allow exactly the methods that a resource has, and all headers that operations read', () => {
    const headersOf = (id: string) => properties<Preflight>(id).Integration.IntegrationResponses[0]?.ResponseParameters;
    for (const [id, path] of [
      ['ItemsOptionsMethod', '/items'],
      ['ItemOptionsMethod', '/items/{id}'],
    ] as const) {
      const methods = operations.filter((operation) => operation.path === path).map(({ method }) => method);
      expect(headersOf(id)?.['method.response.header.Access-Control-Allow-Methods']).toBe(
        `'${methods.join(', ')}, OPTIONS'`,
      );
      const allowed = headersOf(id)?.['method.response.header.Access-Control-Allow-Headers']?.slice(1, -1).split(', ');
      const read = operations.flatMap((operation) => ('headers' in operation ? operation.headers : []));
      expect(allowed).toEqual(expect.arrayContaining(['Content-Type', 'Authorization', 'X-Api-Key', ...read]));
      expect(new Set(allowed).size).toBe(allowed?.length);
    }
  });

  it('declare the headers that they set by name', () => {
    const names = Object.keys(preflight.MethodResponses[0]?.ResponseParameters ?? {});
    expect(names).toEqual(expect.arrayContaining(Object.keys(response?.ResponseParameters ?? {})));
    expect(names).toContain('method.response.header.Access-Control-Allow-Origin');
  });
});
