/* The handler of raw.cjs, with its connection opened while the environment starts. */
const { connect, CreateItem, GetItem } = require('./raw.cjs');

connect();
Object.assign(exports, { CreateItem, GetItem });
