export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A JSON Schema, draft 2020-12, or a reference to one. */
export type Schema = { readonly [keyword: string]: Json };

/** A reference to a component. */
export interface Reference {
  readonly $ref: string;
}

/** A header of a response. */
export interface Header {
  readonly description: string;
  readonly required?: true;
  readonly schema: Schema;
  readonly example: Json;
}

/** A body by media type. */
export type Content = Readonly<
  Record<
    string,
    { readonly schema: Schema; readonly examples?: Readonly<Record<string, Reference | { readonly value: Json }>> }
  >
>;

/** A response of an operation. */
export interface ResponseObject {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Reference>>;
  readonly content?: Content;
  readonly links?: Readonly<Record<string, Json>>;
}

/** An operation. Its responses are keyed by status, or by range such as `4XX`. */
export interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Reference[];
  readonly requestBody?: { readonly required: true; readonly description: string; readonly content: Content };
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>;
}

/** The parts of a document that operations refer to. */
export interface Components {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly headers: Readonly<Record<string, Header>>;
  readonly responses: Readonly<Record<string, ResponseObject>>;
  readonly examples: Readonly<Record<string, { readonly summary: string; readonly value: Json }>>;
  readonly securitySchemes: Readonly<Record<string, Json>>;
}

/** An OpenAPI document, version 3.1. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<string, Json>>;
  readonly servers: readonly Json[];
  readonly security: readonly Readonly<Record<string, readonly never[]>>[];
  readonly tags: readonly Json[];
  /** Path items: operations by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: Components;
}
