import fc, { type Arbitrary } from 'fast-check';
import { bodies } from './bodies.ts';

/**
 * A request whose texts have placeholders. `{own}` is a prefix of the session, so that its ids and keys differ from those of
 * other sessions. `{last}` is the id of the last created item, `{tag}` the latest entity tag.
 */
export interface Draft {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

const id = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('{own}a', '{own}b') },
  { weight: 2, arbitrary: fc.constant('{last}') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['.', '..', '...', '%2E', '%2e%2E', '{own}%61', '{own}a/', '{own}%2Fa', '{own}a%00', '%', '%zz', '{own}a+b', '-'],
      ...['{own}~._-', '{own}a:b', '{own}a@b', '{own}%3A', '{own}é', '{own}%C3%A9', 'x'.repeat(128), 'x'.repeat(129)],
      ...["{own}'", '{own}"', '{own}a b', '{own}a,b', '{own}(a)', '{own}a=b', '{own}a;b', '{own}$a', '{own}!', '{own}*'],
    ),
  },
);

const query = fc.oneof(
  { weight: 12, arbitrary: fc.constant('') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['?limit=1', '?limit=100', '?limit=0', '?limit=101', '?limit=', '?limit=1.5', '?limit=１', '?limit=1&limit=2'],
      ...['?limit=+5', '?Limit=5', '?cursor=', '?cursor=YQ', '?cursor=YQ==', '?cursor=!', '?cursor=%00', '?offset=3', '?a'],
      ...['?dryRun=true', '?limit=5&offset=1', '?limit=5&cursor=YQ', '?X-Amz-Date=20260101T000000Z', '?', '?&', '?='],
    ),
  },
);

const tags = fc.constantFrom(
  ...['{tag}', '{tag}', 'W/{tag}', '"1"', '"0"', '*', ' * ', '*, "1"', '"none"', '', '"', '"a', 'a', '"é"', '""', '"1","2"'],
  ...['{tag}, "b"', '"b", {tag}', Array.from({ length: 51 }, (_, index) => `"${index}"`).join()],
  Array(50).fill('{tag}').join(', '),
);

const headers = fc
  .record(
    {
      'If-Match': tags,
      'If-None-Match': tags,
      'Idempotency-Key': fc.constantFrom(
        ...['{own}k', '{own}k', '{own}l', '', ' ', 'k k', `{own}${'k'.repeat(240)}`, 'k'.repeat(256), 'é', '"{own}"'],
      ),
      Origin: fc.constantFrom('https://example.com', 'null', ''),
      'X-Correlation-Id': fc.constantFrom('a', 'a b', 'é', 'x'.repeat(200)),
      Accept: fc.constantFrom('*/*', 'text/html', 'application/json;q=0'),
      'X-HTTP-Method-Override': fc.constant('DELETE'),
    },
    { requiredKeys: [] },
  )
  .map((all): Record<string, string> => ({ ...all }));

const someHeaders = fc.oneof({ weight: 7, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: headers });

const withBody = (method: string, path: Arbitrary<string>, bodyId: Arbitrary<string | undefined>): Arbitrary<Draft> =>
  fc.tuple(path, bodies(bodyId), query, someHeaders).map(([beginning, body, search, more]) => ({
    method,
    path: `${beginning}${search}`,
    headers: { ...body.headers, ...more },
    body: body.bytes,
  }));

const withoutBody = (methods: readonly string[], path: Arbitrary<string>): Arbitrary<Draft> =>
  fc.tuple(fc.constantFrom(...methods), path, query, someHeaders).map(([method, beginning, search, more]) => ({
    method,
    path: `${beginning}${search}`,
    headers: more,
  }));

const collection = fc.constant('/items');
const item = id.map((one) => `/items/${one}`);

const draft = fc.oneof(
  { weight: 6, arbitrary: withBody('POST', collection, fc.option(id, { nil: undefined })) },
  { weight: 4, arbitrary: withBody('PUT', item, fc.option(id, { nil: undefined })) },
  { weight: 6, arbitrary: withoutBody(['GET', 'GET', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'], item) },
  { weight: 2, arbitrary: withoutBody(['GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'], collection) },
);

/** Sequences of requests, in which earlier requests can affect later ones. */
export const sessions: Arbitrary<readonly Draft[]> = fc.array(draft, { minLength: 1, maxLength: 8 });
