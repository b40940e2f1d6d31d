import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readTemplate } from '../src/cli/template-file.ts';
import { LocalError } from '../src/cloudformation/errors.ts';
import { located } from '../src/cloudformation/template/located.ts';
import type { TriedTemplate } from '../src/docs/public-templates.ts';
import { signer } from '../src/page/sign.ts';
import { checkTemplate } from '../src/twin/check/index.ts';
import { type Stack, type StartOptions, start } from '../src/twin/index.ts';
import type { PublicTemplate, Request } from './public-template.ts';
import { makeStandIn } from './stand-in.ts';

/** Runs a template in the twin and returns the result. `clone` is the folder of its repository at its commit. */
export const attempt = async (template: PublicTemplate, clone: string): Promise<TriedTemplate> => {
  const { repository, path, commit, fault, foreign, unsupported, code = {} } = template;
  const folders = await codeFolders(code, clone);
  const common = {
    ...{ repository, path, commit },
    ...(fault !== undefined && { fault }),
    ...(foreign !== undefined && { foreign }),
    ...(unsupported !== undefined && { unsupported }),
    ...(Object.values(code).some((one) => typeof one !== 'string') && { standIn: true as const }),
  };
  let stack: Stack | undefined;
  let text = '';
  let inert: readonly string[] = [];
  try {
    text = await readTemplate(join(clone, path));
    const options = {
      ...(template.parameters && { parameters: template.parameters }),
      ...{ allowInert: true, region: 'us-east-1', code: folders, templateFolder: dirname(join(clone, path)) },
    } satisfies StartOptions;
    stack = await start(text, options);
    inert = inertTypes(text, options);
    for (const request of template.requests ?? []) {
      const wrong = await difference(stack, request);
      if (wrong !== undefined) return { ...common, outcome: 'answered otherwise', inert, message: wrong };
    }
    return { ...common, outcome: foreign === undefined ? 'answered' : 'started', inert };
  } catch (error) {
    if (!(error instanceof LocalError)) throw error;
    return { ...common, outcome: 'rejected', inert, message: messageOf(located(error, text)) };
  } finally {
    await stack?.stop();
    for (const [name, folder] of Object.entries(folders))
      if (typeof code[name] !== 'string') await rm(folder, { recursive: true, force: true });
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : '');

const codeFolders = async (code: NonNullable<PublicTemplate['code']>, clone: string): Promise<Record<string, string>> => {
  const folders: [string, string][] = [];
  for (const [name, place] of Object.entries(code))
    folders.push([name, typeof place === 'string' ? join(clone, place) : await makeStandIn(place)]);
  return Object.fromEntries(folders);
};

const inertTypes = (text: string, { parameters }: Pick<StartOptions, 'parameters'>): string[] => {
  const without = checkTemplate(text, { ...(parameters && { parameters }), region: 'us-east-1' });
  const types = without.resources.filter(({ status }) => status === 'rejected').map(({ type }) => type);
  return [...new Set(types)].sort();
};

/** Returns the difference between a response and that of AWS; undefined if there is none. */
const difference = async (stack: Stack, request: Request): Promise<string | undefined> => {
  const { ask, body, status, says = '' } = request;
  const [method = '', path = ''] = ask.split(' ');
  const url = new URL(`${urlOf(stack)}${path}`);
  const headers: [string, string][] = [
    ...(body === undefined ? [] : [['Content-Type', 'application/json'] satisfies [string, string]]),
    ...(stack.apiKey === undefined ? [] : [['x-api-key', stack.apiKey] satisfies [string, string]]),
    ...Object.entries(request.headers ?? {}),
  ];
  const plain = { method, url, headers, body: Buffer.from(body ?? '') };
  const sent = request.signed && stack.credentials ? await signer(stack.credentials)(plain) : plain;
  const response = await fetch(url, {
    method,
    headers: Object.fromEntries(sent.headers),
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return response.status === status && text.includes(says) ? undefined : `${ask}: ${response.status} ${text.slice(0, 200)}`;
};

/** Returns the URL of the first stage, or of the API if the stack has no stage. */
const urlOf = ({ stages, warnings }: Stack): string =>
  stages[0]?.url ?? /every request to (\S+) returns 403/.exec(warnings.join('\n'))?.[1] ?? '';
