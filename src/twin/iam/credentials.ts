import { randomBytes } from 'node:crypto';
import type { Identity } from './identity.ts';

/** Credentials and their identity. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Present in temporary credentials only. */
  readonly sessionToken?: string;
  readonly identity: Identity;
}

/** Temporary credentials of a role session. */
export interface SessionCredentials extends Credentials {
  readonly sessionToken: string;
}

/** Credentials by access key id. Issuers add them, and service endpoints look them up. */
export interface CredentialStore {
  /** Issues temporary credentials of a session, as STS does. They are valid until they are revoked. */
  issueTemporary(identity: Identity): SessionCredentials;
  /** Issues an access key of a user. */
  issueLongTerm(identity: Identity): Credentials;
  find(accessKeyId: string): Credentials | undefined;
  revoke(accessKeyId: string): void;
}

export const createCredentialStore = (): CredentialStore => {
  const byAccessKeyId = new Map<string, Credentials>();
  const keep = <Kind extends Credentials>(credentials: Kind): Kind => {
    byAccessKeyId.set(credentials.accessKeyId, credentials);
    return credentials;
  };
  const key = (prefix: 'AKIA' | 'ASIA', identity: Identity): Credentials => ({
    accessKeyId: `${prefix}${base32(16)}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    identity,
  });
  return {
    issueTemporary: (identity) => keep({ ...key('ASIA', identity), sessionToken: randomBytes(240).toString('base64') }),
    issueLongTerm: (identity) => keep(key('AKIA', identity)),
    find: (accessKeyId) => byAccessKeyId.get(accessKeyId),
    revoke: (accessKeyId) => void byAccessKeyId.delete(accessKeyId),
  };
};

const base32 = (length: number): string =>
  Array.from(randomBytes(length), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(byte % 32)).join('');
