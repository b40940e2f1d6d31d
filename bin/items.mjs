#!/usr/bin/env node
import './require-node.mjs';

// Not a static import: Node.js would load the TypeScript file, and fail on an older version, before require-node.mjs runs.
import('../src/cli/items.ts');
