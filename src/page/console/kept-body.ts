/** The beginning of a body. */
export interface KeptBody {
  /** A copy: the bytes of a request are a part of a larger buffer, which would stay with them. */
  readonly bytes: Buffer;
  /** Bytes of the whole body. */
  readonly size: number;
}

/** Bytes that are kept of each body. */
export const mostBodyBytes = 65_536;

export const keptBody = (body: string | Buffer): KeptBody => {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return { bytes: Buffer.from(bytes.subarray(0, mostBodyBytes)), size: bytes.length };
};

/** True if the whole body was kept. */
export const isWhole = ({ bytes, size }: KeptBody): boolean => bytes.length === size;
