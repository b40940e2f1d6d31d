import { openApiDocument } from '../openapi/document.ts';
import type { Components, Json, OpenApiDocument, Reference } from '../openapi/types.ts';
import type { Description } from '../twin/index.ts';
import { askedSchemes, type Scheme } from './authorization.ts';

/** Returns the OpenAPI document of the contract for one stack, with its URL and the security schemes of its methods. */
export const pageDocument = (
  stack: Description,
  { invokeUrl, version }: { readonly invokeUrl: string; readonly version: string },
): object => {
  const document = openApiDocument(version);
  const { info, components } = document;
  const asked = askedSchemes(stack);
  return {
    ...document,
    info: { ...info, description: `${info.description}\n\n${aboutThisPage(asked)}` },
    servers: [{ url: invokeUrl, description: 'The local twin' }],
    security: asked.length === 0 ? [] : [Object.fromEntries(asked.map((name) => [name, []]))],
    paths: withOwnParameters(document),
    components: {
      ...components,
      securitySchemes: Object.fromEntries(
        asked.map((name) => [name, { ...(components.securitySchemes[name] as object), description: inThisPage[name] }]),
      ),
    },
  };
};

const aboutThisPage = (asked: readonly Scheme[]): string =>
  [
    '**This page** sends requests through a server of its own on this machine, to the local twin only.',
    '[The console](/console/) shows the decisions on each request, the tables, and the stack.',
    ...asked.map((name) => sentences[name]),
    'A body is sent as it is written under Raw. Form rounds numbers beyond 2^53.',
  ].join(' ');

const sentences: Readonly<Record<Scheme, string>> = {
  sigv4:
    "That server signs each request with the twin's credentials (AWS_IAM), unless it has an `Authorization` of its own.",
  token: 'Paste an id token of the user pool under Authentication.',
  apiKey: "The twin's API key is filled in.",
};

/** Descriptions of the schemes. Scalar shows one line of each. */
const inThisPage: Readonly<Record<Scheme, string>> = {
  sigv4: "Leave it empty: the page's server signs.",
  token: 'An id token of the user pool.',
  apiKey: "The twin's API key.",
};

const withOwnParameters = ({ paths, components }: OpenApiDocument): object =>
  mapValues(paths, (item) =>
    mapValues(item, (operation) => ({
      ...operation,
      parameters: operation.parameters?.map((parameter) => unlessRequired(parameter, components)),
    })),
  );

/**
 * Returns an optional parameter as one of the operation itself, and disabled. Scalar has one value for all operations that refer
 * to a parameter, and sends the example of a parameter: an update would fail because of an entity tag that its item does not
 * have.
 */
const unlessRequired = (reference: Reference, { parameters }: Components): object => {
  const parameter = parameters[reference.$ref.replace(/^.*\//, '')];
  const { example, required, ...rest } = parameter as { readonly [name: string]: Json };
  if (required === true) return reference;
  return { ...rest, ...(example !== undefined && { examples: { lamp: { value: example, 'x-disabled': true } } }) };
};

const mapValues = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
