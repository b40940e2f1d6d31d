import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { type InlineCode, sourceOf } from '../../../src/stack/code/edition.ts';
import { inlinePython } from '../../../src/stack/code/inline-python.ts';
import { python, whyNot } from '../../functions/python/python.ts';
import { functionsOf, sourceFolders } from './folder.ts';

const folders = sourceFolders();
afterAll(folders.delete);

const wholeSource = (code: InlineCode, name: string): string => {
  const handler = code.handlers.get(name);
  if (!handler) throw new Error(`no ${name}`);
  return sourceOf(code, handler);
};

const code = inlinePython(
  folders.write({
    'the_handler.py': `"""Doubles a number.

The module says more, which is not kept.
import nothing
"""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING

from .b import double

if TYPE_CHECKING:
    from .types import Event


# What it is for.


def lambda_handler(event: Event, context: Context) -> int:
    """Doubles."""
    # Comments stay.
    return double(
        len(uuid.uuid4().hex) + len(os.sep),
    )
`,
    'other.py': `"""Gives text."""

from .a import one
from .text import TEXT, kind


def lambda_handler(event, context):
    return [one, TEXT, kind]
`,
    'a.py':
      '"""Knows how much one is."""\n\nimport os, re\nfrom json import loads, dumps\n\none = len(re.escape(dumps(1))) + len(os.curdir) - 1\n',
    'b.py': `"""Multiplies."""

import os
from .a import (
    one,
)


def double(number: int, name: str = os.curdir) -> int:
    return 2 * number * one
`,
    'text.py': `"""Keeps text."""

TEXT = """
import os

from .a import one
# no comment


def f():
"""

try:
    import no_such_module as kind
# Always.
except ImportError:
    kind = 'none'
else:
    kind = 'some'
`,
  }),
  functionsOf(['the-handler', 'other']),
);

describe('inlinePython', () => {
  it('joins what a handler needs, as it stands in the source, and its own code', () => {
    expect(wholeSource(code, 'the-handler')).toBe(`# Imports: modules of the standard library that the shared files use.

from __future__ import annotations

import os
import re
from json import dumps, loads

# a.py: Knows how much one is.

one = len(re.escape(dumps(1))) + len(os.curdir) - 1

# b.py: Multiplies.

def double(number: int, name: str = os.curdir) -> int:
    return 2 * number * one

# the_handler.py: Doubles a number.

import uuid

# What it is for.

def lambda_handler(event: Event, context: Context) -> int:
    """Doubles."""
    # Comments stay.
    return double(
        len(uuid.uuid4().hex) + len(os.sep),
    )
`);
  });

  it('gives each shared file once, and to each handler those that it needs', () => {
    expect(code.shared.map(({ name }) => name)).toEqual(['Imports', 'A', 'B', 'Text']);
    expect([...code.handlers].map(([name, { needs }]) => [name, ...needs])).toEqual([
      ['the-handler', 'Imports', 'A', 'B'],
      ['other', 'Imports', 'A', 'Text'],
    ]);
  });

  it.skipIf(whyNot)('gives code that runs, with the text of strings and all blocks kept', () => {
    const program = `
import json, sys
for source in json.load(sys.stdin):
    scope = {"__name__": "index"}
    exec(compile(source, "index.py", "exec"), scope)
    print(json.dumps(scope["lambda_handler"]({}, None)))
`;
    const { stdout, stderr } = spawnSync(python, ['-c', program], {
      input: JSON.stringify(['the-handler', 'other'].map((name) => wholeSource(code, name))),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([66, [1, '\nimport os\n\nfrom .a import one\n# no comment\n\n\ndef f():\n', 'none']]);
  });
});
