/** A value of a template, as JSON. An object with one key such as `Ref` or `Fn::Sub` is an intrinsic function. */
export type Value = string | number | boolean | readonly Value[] | Properties;

/** Named values. */
export interface Properties {
  readonly [name: string]: Value;
}

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: 'Delete';
  readonly UpdateReplacePolicy?: 'Delete';
  readonly Properties: Properties;
}

/** Resources by logical id. */
export type Resources = Readonly<Record<string, Resource>>;

/** A parameter of a template. */
export interface Parameter {
  readonly Description: string;
  readonly Type: 'String' | 'Number' | 'CommaDelimitedList';
  readonly Default: string | number;
  readonly AllowedValues?: readonly (string | number)[];
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly MinValue?: number;
  readonly MaxValue?: number;
}

/** An output of a template. */
export interface Output {
  readonly Description: string;
  readonly Condition?: string;
  readonly Value: Value;
}

/** A template, with its sections in the order in which they are written. */
export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Metadata: Properties;
  readonly Parameters: Readonly<Record<string, Parameter>>;
  readonly Rules: Properties;
  readonly Conditions: Properties;
  readonly Resources: Resources;
  readonly Outputs: Readonly<Record<string, Output>>;
  readonly Mappings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
}

export const ref = (logicalId: string): Properties => ({ Ref: logicalId });

export const getAtt = (logicalId: string, attribute: string): Properties => ({ 'Fn::GetAtt': [logicalId, attribute] });

export const sub = (text: string): Properties => ({ 'Fn::Sub': text });

export const join = (separator: string, values: Value): Properties => ({ 'Fn::Join': [separator, values] });

export const findInMap = (map: string, key: string, name: string): Properties => ({ 'Fn::FindInMap': [map, key, name] });

export const equals = (a: Value, b: Value): Properties => ({ 'Fn::Equals': [a, b] });

export const not = (condition: Value): Properties => ({ 'Fn::Not': [condition] });

export const and = (...conditions: readonly Value[]): Properties => ({ 'Fn::And': conditions });

export const condition = (name: string): Properties => ({ Condition: name });

/** Returns `Fn::If`: `then` if the condition is true, else `otherwise`, which by default removes the property. */
export const when = (name: string, then: Value, otherwise: Value = noValue): Properties => ({
  'Fn::If': [name, then, otherwise],
});

/** Removes the property whose value it is. */
const noValue: Properties = { Ref: 'AWS::NoValue' };

/** Returns the same resources, created only if the condition is true. */
export const conditional = (name: string, resources: Resources): Resources =>
  Object.fromEntries(
    Object.entries(resources).map(([logicalId, { Type, ...rest }]) => [logicalId, { Type, Condition: name, ...rest }]),
  );
