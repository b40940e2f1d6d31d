import type { Json } from './json.ts';

/**
 * The part of JSON Schema that resource types use. It is interpreted: a validator that compiles its schemas, as ajv does, takes a
 * quarter of a second for those of one template, and each template is validated once. A test compares this one with ajv.
 */
export interface Schema {
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly Json[];
  /** The subset of the values AWS supports that the twin supports. */
  readonly supported?: readonly Json[];
  readonly const?: Json;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema | false>>;
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  /** Returns the fault of a string that satisfies all other constraints. */
  readonly fault?: (text: string) => ValueFault | undefined;
}

export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

export interface ValueFault {
  /** `unsupported` for a property that the schema does not contain, or for a value that AWS supports and the twin does not. */
  readonly kind: 'unsupported' | 'invalid';
  /** Text of the fault, which follows the name of the property. */
  readonly message: string;
}

export interface SchemaFault extends ValueFault {
  readonly path: readonly (string | number)[];
}

export interface SchemaResult {
  /** The value with scalars coerced as CloudFormation does: where the schema requires it, "30" is 30 and "true" is true. */
  readonly value: Json;
  readonly faults: readonly SchemaFault[];
}
