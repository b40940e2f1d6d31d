/** The types of JSON values that a schema can name. */
export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';

/**
 * A subset of JSON Schema (draft 2020-12): the keywords that the functions check in both languages. Numbers are compared as decimals,
 * and the length of a string is counted in code points.
 */
export interface AttributeSchema {
  readonly type?: SchemaType | readonly SchemaType[];
  /** Strings, numbers, booleans and null. */
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: AttributeSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, AttributeSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | AttributeSchema;
}

/** The schema of an entity's own attributes; those of the server are not part of it. */
export type ObjectSchema = AttributeSchema & { readonly type: 'object' };

/** A JSON value, such as a sample of what a schema accepts. */
export type Sample = string | number | boolean | null | readonly Sample[] | { readonly [name: string]: Sample };
