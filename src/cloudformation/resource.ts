import type { LocalError } from './errors.ts';
import type { Schema } from './schema.ts';
import type { StackIdentity } from './stack-identity.ts';

/**
 * A CloudFormation resource type, with one lifecycle for all types. `Services` are the services that its resources use. `start`
 * receives properties that match `schema`, with every intrinsic function resolved.
 */
export interface ResourceType<Properties = Record<string, unknown>, Services = unknown> {
  /** `AWS::Service::Type`. */
  readonly type: string;
  /**
   * JSON Schema of the properties that have an effect or are kept. Scalars are coerced as CloudFormation does ("30" is 30, "true"
   * is true). With `additionalProperties: false` at every level, a property that is not named here is rejected with its logical
   * id and path. Nothing is silently ignored.
   */
  readonly schema: Schema;
  /**
   * Returns the faults of properties that match the schema, as far as the properties alone show them. Called as soon as all
   * values are known, if possible before any resource has started.
   */
  check?(properties: Properties): readonly LocalError[];
  start(properties: Properties, context: ResourceContext<Services>): Resource | Promise<Resource>;
  /**
   * Changes a running resource. `Ref` and attributes remain the same, so other resources are not affected. Without this method, a
   * changed resource is deleted and created again.
   */
  update?(properties: Properties, context: ResourceContext<Services>, running: Resource): void | Promise<void>;
  /**
   * Types whose resources are created before this one even without a dependency, because on AWS the dependencies of this one take
   * minutes. A resource that depends on this one is not waited for.
   */
  readonly createdAfter?: readonly string[];
  /** Properties whose change replaces the resource even if the type has `update` ("Update requires: Replacement"). */
  readonly immutable?: readonly (keyof Properties & string)[];
}

/** A running resource. `stop` undoes everything that `start` did. */
export interface Resource {
  /** Value of `Ref`. */
  readonly ref: string;
  /** Values of `Fn::GetAtt` by attribute. Names may contain dots (`Endpoint.Address`). */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
  /**
   * Returns the value of `Fn::GetAtt` for any other attribute, for types whose attributes are not known. Without it, other
   * attributes are rejected.
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
