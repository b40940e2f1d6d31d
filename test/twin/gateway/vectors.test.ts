import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { failure, type ResponseType } from '../../../src/twin/gateway/failure.ts';
import { createGatewayResponder } from '../../../src/twin/gateway/gateway-response.ts';
import type { InvokeResult } from '../../../src/twin/lambda/lambda.ts';
import { exchange, type RawRequest } from './exchange.ts';
import { type Api, type ServedVectors, serveApi } from './serve-vectors.ts';
import { contextOf, request } from './support.ts';

/** One recorded or documented behaviour. Without a request, what a failure of a type is answered with. */
interface Vector {
  readonly name: string;
  /** URL of the documentation or of a public recording, or that it was recorded for us. */
  readonly source: string;
  /** Replaces entries of the file's `api`. */
  readonly api?: Api;
  readonly request?: RawRequest;
  readonly responseType?: ResponseType;
  /** What the function returns, `{ "statusCode": 200 }` by default; `resultText` is its bytes, `outcome` any other end. */
  readonly result?: unknown;
  readonly resultText?: string;
  readonly outcome?: InvokeResult | 'never';
  /** Members that the event must have; of headers and requestContext a part, of all others the whole. Null: not invoked. */
  readonly event?: Readonly<Record<string, unknown>> | null;
  readonly eventHasNoHeaders?: readonly string[];
  readonly response?: {
    readonly status?: number;
    /** By their exact names; several of one name are joined by `, `. Null: there is none of this name in any case. */
    readonly headers?: Readonly<Record<string, string | null>>;
    readonly body?: string;
    readonly bodyBase64?: string;
    readonly json?: unknown;
  };
}

interface VectorFile {
  readonly api?: Api;
  readonly vectors: readonly Vector[];
}

const folder = join(import.meta.dirname, 'vectors');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
const vectors = files.flatMap((file) => {
  const content = JSON.parse(readFileSync(join(folder, file), 'utf8')) as VectorFile;
  return content.vectors.map((vector) => ({ file, vector: { ...vector, api: { ...content.api, ...vector.api } } }));
});

/** Vectors of the same API share a gateway. */
const served = new Map<string, Promise<ServedVectors>>();

afterAll(async () => {
  await Promise.all([...served.values()].map(async (one) => (await one).stop()));
});

describe('the vectors', () => {
  it('are many, and each has a name of its own and a source', () => {
    expect(vectors.length).toBeGreaterThan(100);
    expect(new Set(vectors.map(({ file, vector }) => `${file} ${vector.name}`)).size).toBe(vectors.length);
    for (const { vector } of vectors) {
      expect(vector.source, vector.name).toMatch(/^(https:\/\/\S+$|recorded from the real service)/);
    }
  });
});

describe.each(files)('%s', (file) => {
  it.each(vectors.filter((one) => one.file === file).map(({ vector }) => [vector.name, vector] as const))(
    '%s',
    async (_name, vector) => {
      await (vector.request === undefined ? respond(vector) : send(vector, vector.request));
    },
  );
});

const send = async (vector: Vector & { readonly api: Api }, from: RawRequest): Promise<void> => {
  const key = JSON.stringify(vector.api);
  const serving = served.get(key) ?? serveApi(vector.api);
  served.set(key, serving);
  const api = await serving;
  const { event, errors, response } = await api.during(outcomeOf(vector), () => exchange(api.port, from));
  expect(errors).toEqual([]);
  if (vector.event === null) {
    expect(event).toBeUndefined();
  }
  for (const [name, expected] of Object.entries(vector.event ?? {})) {
    expect(event).toHaveProperty(name);
    const actual = event?.[name];
    if (['headers', 'multiValueHeaders', 'requestContext'].includes(name)) {
      expect({ [name]: actual }).toMatchObject({ [name]: expected });
    } else {
      expect({ [name]: actual }).toEqual({ [name]: expected });
    }
  }
  const eventHeaders = Object.keys((event?.headers ?? {}) as object).map((name) => name.toLowerCase());
  for (const name of vector.eventHasNoHeaders ?? []) {
    expect(eventHeaders).not.toContain(name.toLowerCase());
  }
  compare(vector, response);
};

const outcomeOf = ({ result, resultText, outcome }: Vector): InvokeResult | 'never' =>
  outcome ?? { kind: 'payload', payload: resultText ?? JSON.stringify(result ?? { statusCode: 200 }) };

const respond = async (vector: Vector): Promise<void> => {
  const from = request();
  const to = failure(vector.responseType ?? 'DEFAULT_5XX');
  const source = { request: from, context: contextOf(from), stageVariables: {}, pathParameters: {} };
  const { status, headers, body } = createGatewayResponder([])(to, source);
  compare(vector, { status, headers, body: Buffer.from(body) });
};

const compare = (
  { response: expected = {} }: Vector,
  response: { status: number; headers: readonly (readonly [string, string])[]; body: Buffer },
): void => {
  const valuesOf = (name: string): string =>
    response.headers
      .filter(([key]) => key === name)
      .map(([, value]) => value)
      .join(', ');
  expect(response.status).toBe(expected.status ?? response.status);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    if (value === null) {
      expect(response.headers.map(([key]) => key.toLowerCase())).not.toContain(name.toLowerCase());
    } else {
      expect({ [name]: valuesOf(name) }).toEqual({ [name]: value });
    }
  }
  if (expected.body !== undefined) {
    expect(response.body.toString('utf8')).toBe(expected.body);
  }
  if (expected.bodyBase64 !== undefined) {
    expect(response.body.toString('base64')).toBe(expected.bodyBase64);
  }
  if ('json' in expected) {
    expect(JSON.parse(response.body.toString('utf8'))).toEqual(expected.json);
  }
};
