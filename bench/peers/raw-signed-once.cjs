/* The handler of raw.cjs without the time for signatures, to measure that time. */
const { signOnce, GetItem } = require('./raw.cjs');

signOnce();
Object.assign(exports, { GetItem });
