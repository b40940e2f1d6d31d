import { LocalError } from '../../../cloudformation/errors.ts';
import { type Headers, type HttpRequest, headerValue, parseQuery } from '../http.ts';
import { evaluatePath, parseJsonPath } from './json-path.ts';
import { compileVariable, type Variables } from './substitute.ts';

/** Data that mapping expressions can read. */
export interface MappingSource extends Variables {
  readonly request: HttpRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly integration?: { readonly headers: Headers; readonly body: string };
}

/** A compiled mapping expression. It returns undefined without a value, and the parameter is omitted. */
export type Mapping = (source: MappingSource) => string | undefined;

/**
 * Compiles a parameter mapping expression: `'literal'`, `context.*`, `stageVariables.*`, and the expressions of `sources`:
 * `method.request.{header|querystring|path}.NAME` for gateway responses, `integration.response.*` for integration responses.
 */
export const compileMapping = (expression: string, sources: 'method.request' | 'integration.response'): Mapping => {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) {
    return () => literal;
  }
  if (/^(context|stageVariables)\.[\w.:-]+$/.test(expression)) {
    return compileVariable(expression);
  }
  const mapping = sources === 'method.request' ? compileMethodRequest(expression) : compileIntegrationResponse(expression);
  if (mapping === undefined) {
    throw new LocalError(
      'INVALID_PROPERTY',
      `Invalid mapping expression specified: ${expression}. Use a literal in single quotes, context.*, stageVariables.* or ${sources}.*`,
    );
  }
  return mapping;
};

const compileMethodRequest = (expression: string): Mapping | undefined => {
  const [, location, name] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(expression) ?? [];
  if (location === undefined || name === undefined) {
    return undefined;
  }
  switch (location) {
    case 'header':
      return ({ request }) => headerValue(request.headers, name);
    case 'querystring':
      return ({ request }) => parseQuery(request.query).findLast(([key]) => key === name)?.[1];
    default:
      return ({ pathParameters }) => pathParameters[name];
  }
};

const compileIntegrationResponse = (expression: string): Mapping | undefined => {
  const header = /^integration\.response\.header\.(.+)$/.exec(expression)?.[1];
  if (header !== undefined) {
    return ({ integration }) => integration && headerValue(integration.headers, header);
  }
  const [whole, path] = /^integration\.response\.body(?:\.(.+))?$/.exec(expression) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  if (path === undefined) {
    return ({ integration }) => integration?.body;
  }
  const parsed = parseJsonPath(`$.${path}`);
  return ({ integration }) => {
    const value = evaluatePath(parsed, parseOrUndefined(integration?.body));
    return value === undefined || value === null ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
  };
};

const parseOrUndefined = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
