/** Limits of an item. */
export const itemLimits = {
  /** DynamoDB's limit, in bytes, attribute names included. */
  bytes: 400 * 1024,
  /**
   * Values, those in lists and maps included. An item of 400 KB could have eight times as many, and would take that much longer to
   * read and write.
   */
  values: 50_000,
  /** Levels of objects and arrays. DynamoDB has 32: the attribute `attributes` is the first, and the last holds no list or map. */
  levels: 30,
} as const;

/** Tells how large an item can be. */
export const itemRule = `at most ${itemLimits.bytes / 1024} KB, attribute names included, with at most ${itemLimits.values.toLocaleString('en')} values`;

/** Tells which numbers DynamoDB keeps. */
export const numberRule = 'at most 38 significant digits between 1E-130 and 9.99E+125';

/**
 * Unreserved characters of RFC 3986, so that an id has one spelling in a URL: any other character can be percent-encoded, and a
 * policy that names one spelling would not apply to the other. A URL resolves the segments `.` and `..` to another path.
 */
export const idPattern = '^(?!\\.{1,2}$)[A-Za-z0-9._~-]{1,128}$';

/** Tells what `idPattern` accepts. */
export const idRule = '1 to 128 characters from A-Z a-z 0-9 . _ ~ - other than "." and ".."';

/** Attributes that belong to the server. In a request body they are ignored, except `id`. */
export const serverOwnedAttributes = ['id', 'version', 'createdAt', 'updatedAt'] as const;
