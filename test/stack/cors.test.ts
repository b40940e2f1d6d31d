import { render } from 'velocityjs';
import { describe, expect, it } from 'vitest';
import { buildTemplate } from '../../src/stack/template.ts';
import { edition } from './edition.ts';

const integration = buildTemplate(edition).template.Resources.ItemOptionsMethod?.Properties?.Integration as {
  IntegrationResponses: [{ ResponseTemplates: Record<string, string> }];
};
const template = String(integration.IntegrationResponses[0].ResponseTemplates['application/json']);

/** What the gateway makes of a preflight: the body and the Access-Control-Allow-Origin header. */
const answer = (allowedOrigins: string, headers: Record<string, string>) => {
  const context = { responseOverride: { header: {} as Record<string, string> } };
  const body = render(template, {
    context,
    input: { params: () => ({ header: headers, querystring: { Origin: 'https://a.example' }, path: {} }) },
    stageVariables: { allowedOrigins },
  });
  return { body, allowed: context.responseOverride.header['Access-Control-Allow-Origin'] };
};

describe('the preflight template', () => {
  const list = 'https://a.example,https://b.example:8443';

  it.each([
    ['an origin of the list', list, { Origin: 'https://b.example:8443' }, 'https://b.example:8443'],
    ['a header name in lower case', list, { origin: 'https://a.example' }, 'https://a.example'],
    ['any origin', 'any', { Origin: 'https://c.example' }, '*'],
    ['who sends none, like any other answer does', 'any', {}, '*'],
  ])('allows %s', (_, origins, headers, allowed) => {
    expect(answer(origins, headers)).toEqual({ body: '', allowed });
  });

  it.each([
    ['another origin', list, { Origin: 'https://c.example' }],
    ['a part of an origin', list, { Origin: 'https://a.exam' }],
    ['two origins at once', list, { Origin: list }],
    ['the word any', list, { Origin: 'any' }],
    ['no origin', list, {}],
  ])('does not allow %s', (_, origins, headers) => {
    expect(answer(origins, headers)).toEqual({ body: '', allowed: undefined });
  });
});
