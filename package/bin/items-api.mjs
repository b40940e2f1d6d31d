#!/usr/bin/env node
import './require-node.mjs';

// Not a static import: an older Node.js would load it before require-node.mjs runs.
import('../dist/cli/package-items.js');
