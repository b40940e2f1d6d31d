import type { AuthorizationType } from '../gateway/configuration.ts';
import type { ServedMethod } from '../gateway/deployment.ts';
import type { ServedStage } from '../gateway/gateway.ts';
import type { SigningKey } from '../iam/signing-key.ts';
import type { OpenInspector } from '../lambda/inspect/index.ts';

/** A running stack, as described to its users. */
export interface Description {
  readonly outputs: readonly Output[];
  /** API keys of the template. */
  readonly apiKeys: readonly ApiKey[];
  /** Value of the first enabled key. */
  readonly apiKey?: string;
  /** Stages with their methods. */
  readonly stages: readonly ServedStage[];
  /** Methods of all stages. */
  readonly methods: readonly ServedMethod[];
  readonly authorizationTypes: ReadonlySet<AuthorizationType>;
  /** Access key for signing requests, if any method has AWS_IAM. Its IAM user may call every API. */
  readonly credentials?: SigningKey;
  /** Debugger ports of the functions, if the stack was started with `inspect`. */
  readonly inspectors?: readonly OpenInspector[];
  /**
   * One sentence each: features that the template enables and the twin does not simulate, and faults that AWS accepts at
   * deployment although functions fail because of them.
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
  /** Invoke URLs are replaced by those of the local server. */
  readonly value: string;
  readonly description?: string;
}
