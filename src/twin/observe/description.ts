import type { AuthorizationType } from '../gateway/configuration.ts';
import type { ServedMethod } from '../gateway/deployment.ts';
import type { ServedStage } from '../gateway/gateway.ts';
import type { SigningKey } from '../iam/signing-key.ts';
import type { OpenInspector } from '../lambda/inspect/index.ts';

/** A stack as its users see it. */
export interface Description {
  readonly outputs: readonly Output[];
  /** The API keys that the template makes. */
  readonly apiKeys: readonly ApiKey[];
  /** Value of the first that is enabled. */
  readonly apiKey?: string;
  /** Its stages, each with its methods. */
  readonly stages: readonly ServedStage[];
  /** The methods of all stages. */
  readonly methods: readonly ServedMethod[];
  /** Authorization types of the methods. */
  readonly authorizationTypes: ReadonlySet<AuthorizationType>;
  /** An access key to sign requests with, if any method asks for AWS_IAM: of a user who may call every API. */
  readonly credentials?: SigningKey;
  /** The debugger ports of its functions, if it was started with `inspect`. */
  readonly inspectors?: readonly OpenInspector[];
  /**
   * A sentence each: what the template switches on and the twin does not simulate, and what AWS accepts at deployment although
   * functions fail by it when they run.
   */
  readonly warnings: readonly string[];
}

/** A key that clients send in `x-api-key`. */
export interface ApiKey {
  readonly logicalId: string;
  readonly value: string;
  readonly enabled: boolean;
}

export interface Output {
  readonly key: string;
  /** Invoke URLs stand as those of the local server. */
  readonly value: string;
  readonly description?: string;
}
