/** The beginning of a body. */
export interface KeptBody {
  /** A copy. */
  readonly bytes: Buffer;
  /** Bytes of the whole body. */
  readonly size: number;
}

/** Bytes that are kept of each body. */
export const mostBodyBytes = 65_536;

export const keptBody = (body: string | Buffer): KeptBody => {
  const source = typeof body === 'string' ? Buffer.from(body) : body;
  // Of its own: small buffers of Node.js are parts of large ones, which would stay with them.
  const bytes = Buffer.allocUnsafeSlow(Math.min(source.length, mostBodyBytes));
  source.copy(bytes);
  return { bytes, size: source.length };
};

/** True if the whole body was kept. */
export const isWhole = ({ bytes, size }: KeptBody): boolean => bytes.length === size;
