/** The beginning of a body. */
export interface KeptBody {
  /** A copy of the kept bytes. */
  readonly bytes: Buffer;
  /** Number of bytes of the whole body. */
  readonly size: number;
}

/** Maximum number of bytes that are kept of each body. */
export const mostBodyBytes = 65_536;

export const keptBody = (body: string | Buffer): KeptBody => {
  const source = typeof body === 'string' ? Buffer.from(body) : body;
  // In its own memory: small Buffers of Node.js are slices of larger ones, which would remain in memory too.
  const bytes = Buffer.allocUnsafeSlow(Math.min(source.length, mostBodyBytes));
  source.copy(bytes);
  return { bytes, size: source.length };
};

/** Returns true if the whole body was kept. */
export const isWhole = ({ bytes, size }: KeptBody): boolean => bytes.length === size;
