import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/cloudformation/json.ts';
import { readDocument } from '../../../src/cloudformation/template/document.ts';
import { applyTransform } from '../../../src/cloudformation/template/language-extensions.ts';
import { type DynaliteProcess, startDynalite } from '../../../src/twin/dynamodb/dynalite-process.ts';
import { urlOf } from '../../../src/twin/dynamodb/upstream.ts';
import { start } from '../../../src/twin/index.ts';
import { gateway } from './gateway.ts';
import { iam } from './iam.ts';
import { lambda } from './lambda.ts';
import { lambdaPermission } from './lambda-permission.ts';
import type { Exchange, Mutation } from './mutation.ts';
import { network } from './network.ts';
import { stack as stackMutations } from './stack.ts';

const all = { iam, lambdaPermission, network, gateway, lambda, stack: stackMutations };

// One database for all, which each stack uses as it would any that the user names.
const dynalite: DynaliteProcess = startDynalite({
  region: 'us-east-1',
  accountId: '123456789012',
  isOpen: true,
  onFault() {},
});
afterAll(() => dynalite.stop());

const text = readFileSync(new URL('../../../template.yaml', import.meta.url), 'utf8');
const expanded = JSON.stringify(applyTransform(readDocument(text)).root).replaceAll(
  /"Deployment(\w*?)[0-9a-f]{10}"/g,
  '"Deployment$1"',
);

/** The template with a mutation's edits. An edit of nothing is a mistake in the mutation. */
const edited = (edit: Mutation['edit'] = {}): string => {
  const template = JSON.parse(expanded);
  for (const [place, value] of Object.entries(edit)) {
    const path = place.split('|');
    const last = path.pop() ?? '';
    let parent: Record<string, Json> = template.Resources;
    for (const segment of path) {
      parent = parent[segment] as Record<string, Json>;
      if (parent === undefined) throw new Error(`${place}: there is no ${segment} in the template`);
    }
    if (value !== null) parent[last] = value;
    else if (last in parent) delete parent[last];
    else throw new Error(`${place}: there is no ${last} in the template`);
  }
  prune(template);
  return JSON.stringify(template);
};

/** Takes what is removed out of every DependsOn. */
const prune = ({ Resources: resources }: { Resources: Record<string, { DependsOn?: Json }> }): void => {
  for (const resource of Object.values(resources)) {
    if (resource.DependsOn === undefined) continue;
    resource.DependsOn = [resource.DependsOn].flat().filter((id) => String(id) in resources);
  }
};

const send = async (url: string, { request, headers = {}, body, status, answer }: Exchange): Promise<void> => {
  const [method = '', path = ''] = request.split(' ');
  const response = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) });
  const received = await response.text();
  expect(`${response.status} ${received}`).toMatch(new RegExp(`^${status} `));
  if (answer) expect(received).toMatch(answer);
};

const run = async ({ edit, parameters, rejected, warning, requests = [], log }: Mutation): Promise<void> => {
  const lines: string[] = [];
  const found = Promise.withResolvers<void>();
  const starting = start(edited(edit), {
    parameters: { AuthorizationType: 'NONE', ...parameters },
    dynamoDbEndpoint: urlOf(await dynalite.address()).href,
    onLog: ({ message }) => {
      lines.push(message);
      if (log?.test(message)) found.resolve();
    },
  });
  if (rejected) {
    const error = await starting.then(
      (stack) => stack.stop(),
      (raised: unknown) => raised,
    );
    expect(String(error)).toMatch(rejected.message);
    expect(error).toMatchObject({ code: rejected.code });
    return;
  }
  const stack = await starting;
  try {
    expect(stack.warnings.join('\n')).toMatch(warning ?? /^$/);
    const url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
    for (const exchange of requests) await send(url, exchange);
    if (log) await Promise.race([found.promise, stack.stop().then(() => expect(lines.join('\n')).toMatch(log))]);
  } finally {
    await stack.stop();
  }
};

it('there are as many as promised, each with a rejection', () => {
  const mutations = Object.values(all).flat();
  expect(mutations.length).toBeGreaterThanOrEqual(40);
  expect(mutations.filter(({ rejected, warning, requests }) => !rejected && !warning && !requests)).toEqual([]);
  expect(new Set(mutations.map(({ what }) => what)).size).toBe(mutations.length);
});

describe.each(Object.entries(all))('%s', (_subject, mutations) => {
  it.concurrent.each(mutations.map((mutation) => [mutation.what, mutation] as const))('%s', (_what, mutation) =>
    run(mutation),
  );
});
