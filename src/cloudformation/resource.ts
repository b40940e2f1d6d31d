import type { LocalError } from './errors.ts';
import type { Schema } from './schema.ts';
import type { StackIdentity } from './stack-identity.ts';

/**
 * A CloudFormation resource type as something runs it, with the services that it needs: one lifecycle for all.
 * `start` is called with properties in which every intrinsic is resolved and which match `schema`.
 */
export interface ResourceType<Properties = Record<string, unknown>, Services = unknown> {
  /** `AWS::Service::Type`. */
  readonly type: string;
  /**
   * JSON Schema of the properties that are acted on or kept. Scalars are coerced as CloudFormation does
   * ("30" is 30, "true" is true). With `additionalProperties: false` at every level, a property that
   * is not named here is rejected with its logical id and path: nothing is silently ignored.
   */
  readonly schema: Schema;
  /**
   * All that is wrong with properties that match the schema, as far as they tell it themselves. It is asked as soon as every
   * one of them is known, if possible before anything has started.
   */
  check?(properties: Properties): readonly LocalError[];
  start(properties: Properties, context: ResourceContext<Services>): Resource | Promise<Resource>;
  /**
   * Changes a resource as it runs, so that what refers to it notices nothing: `Ref` and attributes stay as they are. A resource
   * of a type without it is deleted and created anew.
   */
  update?(properties: Properties, context: ResourceContext<Services>, running: Resource): void | Promise<void>;
  /**
   * Types whose resources are there before this one even where nothing says so, as what this one depends on takes minutes on AWS. One
   * that depends on this one is not waited for.
   */
  readonly createdAfter?: readonly string[];
  /** Properties whose change replaces the resource all the same ("Update requires: Replacement"). */
  readonly immutable?: readonly (keyof Properties & string)[];
}

/** A resource that runs. Stopping it takes back all that starting it did. */
export interface Resource {
  /** Value of `Ref`. */
  readonly ref: string;
  /** Values of `Fn::GetAtt`, by attribute; dots included (`Endpoint.Address`). */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
  /**
   * Returns the value of `Fn::GetAtt` for any other attribute, of types whose attributes are not known; without it there is no
   * other.
   */
  readonly otherAttribute?: (attribute: string) => string;
  stop?(): void | Promise<void>;
}

/** Context in which a resource starts. */
export interface ResourceContext<Services = unknown> {
  readonly logicalId: string;
  readonly stack: StackIdentity;
  readonly services: Services;
}
