import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A key of a user pool, with its public half as a member of a JSON Web Key Set. */
export interface PoolKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: object;
}

export const createKey = (kid: string, more: object = {}): PoolKey => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid, privateKey, jwk: { kid, use: 'sig', alg: 'RS256', ...publicKey.export({ format: 'jwk' }), ...more } };
};

export const poolArn = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Pool';
const seconds = (): number => Math.floor(Date.now() / 1000);

/** The claims of an ID token, or of another one. */
export const claims = (more: object = {}): object => ({
  sub: '5f4c',
  iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool',
  aud: 'client',
  token_use: 'id',
  'cognito:groups': ['admins', 'users'],
  iat: seconds() - 10,
  exp: seconds() + 3600,
  ...more,
});

/** A token as Cognito makes them, or with something wrong. */
export const token = ({ kid, privateKey }: PoolKey, body: object = claims(), header: object = {}): string => {
  const input = [{ kid, alg: 'RS256', ...header }, body].map(encode).join('.');
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), privateKey).toString('base64url')}`;
};

/** A token whose signature is made with what everybody knows: the classic forgery. */
export const forgedToken = ({ kid, privateKey: _, jwk }: PoolKey, body: object = claims()): string => {
  const input = [{ kid, alg: 'HS256' }, body].map(encode).join('.');
  return `${input}.${createHmac('sha256', JSON.stringify(jwk)).update(input).digest('base64url')}`;
};

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
