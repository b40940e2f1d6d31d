import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256, signedHeaders } from '../../../src/functions/typescript/sign.ts';
import vectors from '../signing-vectors.json' with { type: 'json' };

const token = fc.stringMatching(/^[A-Za-z0-9+/=]{1,40}$/);

it.each(vectors.sha256)('hashes $text as published', ({ text, digest }) => {
  expect(sha256(text)).toBe(digest);
});

it.each(vectors.signatures)('signs with $name', ({ name: _name, authorization, date, ...request }) => {
  expect(signedHeaders({ ...request, date: new Date(date) }).authorization).toBe(authorization);
});

it('signs as an independent signer does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        host: fc.constantFrom('dynamodb.eu-central-1.amazonaws.com', '127.0.0.1:8000'),
        target: fc.constantFrom('DynamoDB_20120810.GetItem', 'DynamoDB_20120810.PutItem'),
        body: fc.string({ unit: 'grapheme' }),
        region: fc.constantFrom('eu-central-1', 'us-gov-west-1'),
        accessKeyId: token,
        secretAccessKey: token,
        sessionToken: fc.option(token, { nil: undefined }),
        date: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
      }),
      async (signing) => {
        const { accessKeyId, secretAccessKey, sessionToken, host, target, body, region, date } = signing;
        const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
        const signer = new SignatureV4({ service: 'dynamodb', region, credentials, sha256: Sha256, applyChecksum: false });
        const headers = { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
        const request = { method: 'POST', protocol: 'https:', hostname: host, path: '/', headers, body };
        const expected = await signer.sign(request, { signingDate: date });
        expect(signedHeaders(signing)).toEqual(expected.headers);
      },
    ),
  );
});
