/* The floor without the signature, which shows what that takes. */
const { signOnce, GetItem } = require('./raw.cjs');

signOnce();
Object.assign(exports, { GetItem });
