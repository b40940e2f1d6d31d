// Defines the types of values in DynamoDB's own JSON.

/** A value in DynamoDB's own JSON. Items of this API have no binary values and no sets. */
export type AttributeValue =
  | { readonly NULL: true }
  | { readonly BOOL: boolean }
  | { readonly S: string }
  | { readonly N: string }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: AttributeMap };

/** Attributes by name. */
export interface AttributeMap {
  readonly [name: string]: AttributeValue;
}
