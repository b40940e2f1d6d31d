import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { LocalError } from '../../../cloudformation/errors.ts';
import { isObject } from '../../../cloudformation/json.ts';
import { readText } from '../../../text/read-text.ts';

/** Public keys of user pools, by key id. */
export interface KeySet {
  find(keyId: string): Promise<KeyObject | undefined>;
}

export interface KeySetOptions {
  /** Aborts loading. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the error of a later load. The keys remain unchanged. */
  readonly onError: (error: unknown) => void;
  /** Monotonic clock in milliseconds. */
  readonly now?: () => number;
}

/**
 * Loads a JSON Web Key Set (RFC 7517) from a file or a URL. Loads it again when `find` misses a key, at most once a minute.
 * Throws a LocalError that names the option --jwks if the source cannot be read or is not a key set.
 */
export const loadKeySet = async (source: string, options: KeySetOptions): Promise<KeySet> => {
  const { signal, onError, now = () => performance.now() } = options;
  let keys = await load(source, signal);
  let loadedAt = now();
  let loading: Promise<void> | undefined;
  const reload = async (): Promise<void> => {
    try {
      keys = await load(source, signal);
    } catch (error) {
      if (!signal?.aborted) onError(error);
    } finally {
      loading = undefined;
    }
  };
  return {
    find: async (keyId) => {
      if (!keys.has(keyId)) {
        if (now() - loadedAt >= reloadInterval) {
          loadedAt = now();
          loading = reload();
        }
        await loading;
      }
      return keys.get(keyId);
    },
  };
};

/** Milliseconds. */
const reloadInterval = 60_000;
const fetchTimeout = 5000;

const load = async (source: string, signal?: AbortSignal): Promise<ReadonlyMap<string, KeyObject>> => {
  try {
    return parse(await read(source, signal));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof LocalError) throw error;
    const message = `${lead} ${source}: ${(error as Error).message}; name the JSON Web Key Set of your user pool, a file or a URL, with --jwks`;
    throw new LocalError('INVALID_PARAMETER', message, { cause: error });
  }
};

const lead = 'cannot load keys from';

const read = async (source: string, signal?: AbortSignal): Promise<string> => {
  if (!/^https?:\/\//i.test(source)) {
    const fault = (message: string, options: ErrorOptions) => new LocalError('INVALID_PARAMETER', message, options);
    return readText(source, { lead, option: '--jwks', fault, signal });
  }
  const timeout = AbortSignal.timeout(fetchTimeout);
  try {
    const response = await fetch(source, { signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
    if (response.ok) return await response.text();
    throw new Error(`its response has the status ${response.status}`);
  } catch (error) {
    if (timeout.aborted) throw new Error(`no response within ${fetchTimeout / 1000} s`, { cause: error });
    const { cause } = error as Error;
    // Only the cause contains the reason of a failed connection.
    throw cause instanceof Error && cause.message !== ''
      ? new Error(`connection failed (${cause.message})`, { cause })
      : error;
  }
};

/** Parses a key set. Skips keys of other kinds, which cannot sign with RS256. */
const parse = (text: string): ReadonlyMap<string, KeyObject> => {
  const set = parseJson(text);
  if (!isObject(set) || !Array.isArray(set.keys)) throw new Error('it is not a JSON Web Key Set: it has no list named keys');
  const members = set.keys.filter(isObject);
  const keys = new Map(
    members
      .filter(({ kty, use = 'sig', alg = 'RS256' }) => kty === 'RSA' && use === 'sig' && alg === 'RS256')
      .flatMap((key) =>
        typeof key.kid === 'string' ? [[key.kid, createPublicKey({ key: key as JsonWebKey, format: 'jwk' })]] : [],
      ),
  );
  if (keys.size === 0) {
    throw new Error('it has no RSA key with a kid among its keys');
  }
  return keys;
};

const parseJson = (text: string): unknown => {
  if (text.trim() === '') throw new Error('it is empty');
  try {
    return JSON.parse(text);
  } catch (error) {
    // The message quotes the text, line breaks included.
    throw new Error(`it is not JSON (${(error as Error).message.replaceAll(/\s+/g, ' ')})`, { cause: error });
  }
};
