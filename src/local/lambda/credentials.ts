import { randomBytes } from 'node:crypto';

/** Temporary credentials of one execution environment, and the role session that they stand for. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** The function's role. */
  readonly roleArn: string;
  /** Lambda names the session after the function. */
  readonly roleSessionName: string;
}

/** Credentials by access key id: Lambda issues them, service endpoints look them up. */
export interface CredentialStore {
  issue(roleArn: string, roleSessionName: string): Credentials;
  find(accessKeyId: string): Credentials | undefined;
  revoke(accessKeyId: string): void;
}

export const createCredentialStore = (): CredentialStore => {
  const byAccessKeyId = new Map<string, Credentials>();
  return {
    issue(roleArn, roleSessionName) {
      const credentials = {
        accessKeyId: `ASIA${base32(16)}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(240).toString('base64'),
        roleArn,
        roleSessionName,
      };
      byAccessKeyId.set(credentials.accessKeyId, credentials);
      return credentials;
    },
    find: (accessKeyId) => byAccessKeyId.get(accessKeyId),
    revoke: (accessKeyId) => void byAccessKeyId.delete(accessKeyId),
  };
};

const base32 = (length: number): string =>
  Array.from(randomBytes(length), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(byte % 32)).join('');
