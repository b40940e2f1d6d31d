import { failAt } from '../cloudformation/intrinsics/scope.ts';
import { evaluateOutput, type Plan, type StackScope } from '../cloudformation/plan.ts';
import { type RunningResources, startResources } from '../cloudformation/stack.ts';
import { type StackIdentity, stackIdentity } from '../cloudformation/stack-identity.ts';
import type { Changes } from '../cloudformation/update.ts';
import { createCodeCheck } from './check/code-check.ts';
import { inertWarnings, notSimulatedWarnings, warnings, withLogicalIds } from './check/warnings.ts';
import { issueSigningKey, issueTableKey, type SigningKey, type TableAccess } from './iam/signing-key.ts';
import type { ApiKey, Description, Output } from './observe/description.ts';
import type { StackEvent } from './observe/events.ts';
import { createObservers, type Observers } from './observe/observers.ts';
import { overviewOf } from './observe/overview.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { Services } from './resource.ts';
import { createServices } from './services.ts';
import type { StartOptions } from './start-options.ts';

export type { Changes } from '../cloudformation/update.ts';
export type { ObservedRequest } from './gateway/observed.ts';
export type { InspectOptions } from './lambda/inspect/index.ts';
export type { SourceMap } from './lambda/inspect/source-map.ts';
export type { EnvironmentRecord } from './lambda/lambda.ts';
export type { ApiKey, Description, Output } from './observe/description.ts';
export type { StackEvent, StackOverview } from './observe/events.ts';
export type { StartOptions } from './start-options.ts';

/** A running stack, as it was started. */
export interface Stack extends Description {
  /**
   * Updates the stack to another template, with the same parameters. Unchanged resources continue to run, and tables keep their
   * items. Throws a LocalError, without any change, if the template is invalid or a resource cannot be created. Updates run one
   * after the other.
   */
  update(text: string): Promise<Update>;
  /**
   * Checks the code of functions that was not checked before. Resolves with a sentence for each syntax error and each missing
   * module, which would otherwise appear at the first request.
   */
  checkCode(): Promise<readonly string[]>;
  /** Issues a new access key for the tables, and returns it with the endpoint, for the user's tools. */
  dynamoDb(access: TableAccess): DynamoDbAccess;
  /**
   * Calls `observer` with the current stack and environments, then with each event. Returns a function that removes the observer.
   * Details of requests are created only while the stack has an observer.
   */
  observe(observer: (event: StackEvent) => void): () => void;
  /**
   * Deletes the stack in reverse order. Resolves when all its processes and sockets are closed. Repeated calls return the same
   * promise.
   */
  stop(): Promise<void>;
}

/** An endpoint of DynamoDB, with an access key. */
export interface DynamoDbAccess extends SigningKey {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
}

/** Changes of an update, and the stack afterwards. */
export interface Update extends Description {
  readonly changes: Changes;
}

/**
 * Creates the stack of a template (YAML or JSON) and serves its REST API. Throws a LocalError for faults of the template or the
 * options. There is one error for all faults in the form of the template, one for all faults in parameters, and one for all
 * faults in rules, references, types and properties. Each of these checks requires that the previous ones passed.
 */
export const start = async (text: string, options: StartOptions = {}): Promise<Stack> => {
  const stack = stackIdentity(options);
  const { signal } = options;
  // The database takes longest to start: it starts in its own process while the template is read here.
  let references = (): ReadonlyMap<string, string> => new Map();
  const onRequest: StartOptions['onRequest'] = ({ reason, ...record }) =>
    options.onRequest?.({ ...record, ...(reason !== undefined && { reason: withLogicalIds(reason, references()) }) });
  const observers = createObservers(
    (text) => withLogicalIds(text, references()),
    (error) => options.onError?.(error),
  );
  const services = await createServices(stack, { ...options, onRequest }, observers);
  // A start can hang only on a database that does not respond.
  const giveUp = (): void => void services.dynamodb.stop().catch(() => {});
  signal?.addEventListener('abort', giveUp);
  let resources: RunningResources | undefined;
  try {
    signal?.throwIfAborted();
    const prepared = prepare(text, stack, options.parameters, options.allowInert);
    const { plan, scope } = prepared;
    checkCodeFolders(plan, services);
    await openInspectors(plan, services);
    resources = await startResources(plan, scope, services);
    services.lambda.startInspected();
    await services.gateway.serveWithoutStage();
    signal?.throwIfAborted();
    const running = runningStack(stack, prepared, resources, services, options, observers);
    references = running.references;
    return running.stack;
  } catch (error) {
    await stopAll(resources, services).catch((failure: unknown) => options.onError?.(failure));
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
};

const runningStack = (
  stack: StackIdentity,
  first: Prepared,
  resources: RunningResources,
  services: Services,
  options: StartOptions,
  observers: Observers,
): { readonly stack: Stack; readonly references: () => ReadonlyMap<string, string> } => {
  const { parameters } = options;
  let credentials: SigningKey | undefined;
  let current = first.plan;
  let references: ReadonlyMap<string, string> | undefined;
  const codeCheck = createCodeCheck(services.lambda, options);
  let last: Promise<unknown> = Promise.resolve();
  const queue = <Result>(action: () => Promise<Result>): Promise<Result> => {
    const result = last.then(action);
    last = result.catch(() => {});
    return result;
  };
  const describe = ({ template, plan, scope }: Prepared): Description => {
    const apiKeys = apiKeysOf(plan, resources, services);
    const apiKey = apiKeys.find(({ enabled }) => enabled)?.value;
    const stages = services.gateway.stages();
    const methods = stages.flatMap((stage) => stage.methods);
    const authorizationTypes = new Set(methods.map(({ authorizationType }) => authorizationType));
    if (authorizationTypes.has('AWS_IAM')) credentials ??= issueSigningKey(stack, services.iam.credentials);
    return {
      outputs: outputsOf(plan, { ...scope, resources }, services),
      ...(services.inspectors && { inspectors: services.inspectors.opened }),
      warnings: [
        ...template.warnings,
        ...notSimulatedWarnings(plan),
        ...inertWarnings(plan),
        ...warnings(stack, services, referencesOf(plan, resources)),
      ],
      stages,
      methods,
      apiKeys,
      ...(apiKey !== undefined && { apiKey }),
      authorizationTypes,
      ...(authorizationTypes.has('AWS_IAM') && credentials && { credentials }),
    };
  };
  const tell = (prepared: Prepared, described: Description): void =>
    observers.emit({ type: 'stack', stack: overviewOf(prepared, described, { resources, services, stack }) });
  const described = describe(first);
  tell(first, described);
  const running: Stack = {
    ...described,
    update: (text) =>
      queue(async () => {
        const prepared = prepare(text, stack, parameters, options.allowInert);
        const { plan, scope } = prepared;
        checkCodeFolders(plan, services);
        await openInspectors(plan, services);
        const changes = await resources.update(plan, scope).finally(async () => {
          services.lambda.startInspected();
          await services.gateway.serveWithoutStage();
        });
        current = plan;
        references = undefined;
        const next = describe(prepared);
        tell(prepared, next);
        return { changes, ...next };
      }),
    dynamoDb: (access) => ({
      endpoint: services.dynamodb.endpoint,
      ...issueTableKey(stack, services.iam.credentials, access),
    }),
    observe: observers.add,
    checkCode: () => codeCheck.check(() => referencesOf(current, resources)),
    stop: once(() => queue(() => Promise.all([codeCheck.stop(), stopAll(resources, services)]).then(() => {}))),
  };
  const known = (): ReadonlyMap<string, string> => {
    references ??= referencesOf(current, resources);
    return references;
  };
  return { stack: running, references: known };
};

/**
 * Stops everything, even if a step fails, and then throws the first failure. The gateway stops first: requests during the
 * deletion of the stack would otherwise get responses that no stack on AWS returns.
 */
const stopAll = async (resources: RunningResources | undefined, { gateway, lambda, dynamodb }: Services): Promise<void> => {
  const results: PromiseSettledResult<void>[] = [];
  for (const service of [gateway, resources, lambda, dynamodb])
    results.push(...(await Promise.allSettled([service?.stop()])));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
};

/** Runs before anything is created, so that the author sees the faults of all functions at once. */
const checkCodeFolders = ({ resources }: Plan, { code }: Services): void =>
  code.check(
    functionsOf(resources).map(({ logicalId, owner, properties }) => ({ logicalId, owner, code: properties.Code })),
  );

const functionsOf = (resources: Plan['resources']): Plan['resources'] =>
  resources.filter(({ type }) => type.type === 'AWS::Lambda::Function');

/** Runs before the functions are created, because they need their ports. */
const openInspectors = async ({ resources }: Plan, { inspectors }: Services): Promise<void> => {
  await inspectors?.open(functionsOf(resources).map(({ logicalId }) => logicalId));
};

const apiKeysOf = (plan: Plan, resources: RunningResources, { gateway }: Services): ApiKey[] => {
  const logicalIds = new Map(
    plan.resources.map(({ logicalId, owner }) => [resources.ref(logicalId, failAt(owner)), logicalId]),
  );
  return gateway.usage.apiKeys().map(({ id, value, enabled }) => ({ logicalId: logicalIds.get(id) ?? id, value, enabled }));
};

const referencesOf = (plan: Plan, resources: RunningResources): Map<string, string> =>
  new Map(
    plan.resources.flatMap(({ logicalId }) => resources.names(logicalId).map((name): [string, string] => [name, logicalId])),
  );

const outputsOf = (
  plan: Plan,
  scope: StackScope & { readonly resources: RunningResources },
  { gateway }: Services,
): Output[] => {
  const { region, urlSuffix } = scope.stack;
  const invokeUrl = new RegExp(`https://([a-z0-9]+)\\.execute-api\\.${region}\\.${urlSuffix.replaceAll('.', '\\.')}`, 'g');
  const local = (value: string): string => value.replace(invokeUrl, (url, apiId: string) => gateway.baseUrl(apiId) ?? url);
  return [...plan.outputs].map(([key, output]) => ({
    key,
    value: local(evaluateOutput(output, { ...scope, owner: `Outputs.${key}` })),
    ...(output.Description !== undefined && { description: String(output.Description) }),
  }));
};

const once = (action: () => Promise<void>): (() => Promise<void>) => {
  let result: Promise<void> | undefined;
  return () => {
    result ??= action();
    return result;
  };
};
