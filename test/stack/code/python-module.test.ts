import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../src/stack/code/python-module.ts';
import { textOf } from '../../../src/stack/code/statements.ts';
import { messageOf } from './folder.ts';

const parse = (source: string) => parsePython('src/a/create_item.py', `"""Creates."""\n${source}`);
const text = (source: string): string => textOf(parse(source).statements);

describe('parsePython', () => {
  it('takes the docstring and imports out, and keeps the rest as it is', () => {
    const module = parse(`
from __future__ import annotations

import os, re
import urllib.parse  # noqa
from json import dumps, loads
from typing import TYPE_CHECKING, cast

from .item import (
    parse_item,  # comment
    render_item,
)

#: How many.
LIMIT: int = 7


class Thing(Exception):
    """Nothing else."""


@decorator
# Why.
@other(
    1,
)
def lambda_handler(event: Event) -> Thing:
    return LIMIT


async def wait() -> None:
    pass


first, second = one = 1, 2
`);
    expect(module).toMatchObject({
      path: 'src/a/create_item.py',
      heading: '# create_item.py: Creates.',
      imports: [{ file: 'item', names: ['parse_item', 'render_item'], line: 10 }],
      builtins: [
        { module: 'os', local: 'os', line: 5 },
        { module: 're', local: 're', line: 5 },
        { module: 'urllib.parse', local: 'urllib', line: 6 },
        { module: 'json', name: 'dumps', local: 'dumps', line: 7 },
        { module: 'json', name: 'loads', local: 'loads', line: 7 },
        { module: 'typing', name: 'cast', local: 'cast', line: 8 },
      ],
    });
    expect(module.exports).toEqual(['LIMIT', 'Thing', 'lambda_handler', 'wait', 'first', 'second', 'one']);
    expect(module.names.get('lambda_handler')).toBe(23);
    expect(textOf(module.statements)).toBe(`#: How many.
LIMIT: int = 7

class Thing(Exception):
    """Nothing else."""

@decorator
# Why.
@other(
    1,
)
def lambda_handler(event: Event) -> Thing:
    return LIMIT

async def wait() -> None:
    pass

first, second = one = 1, 2`);
  });

  it('leaves out what is for type checkers only, its comment too', () => {
    expect(
      text(`# Goes.
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .shapes import Item
# Stays.
a = 1
if typing.TYPE_CHECKING:
    import b
`),
    ).toBe('# Stays.\na = 1');
  });

  it('leaves text alone that looks like statements', () => {
    const source = `text = """
import os

from .item import parse_item


# no comment
def f():
"""
value = '''a
b''' + (
1
)`;
    expect(text(source)).toBe(source);
    expect(parse(source)).toMatchObject({ imports: [], builtins: [], exports: ['text', 'value'] });
  });

  it('keeps a statement whole that goes on at the margin', () => {
    const source = `try:
    import fast as a
# Without it.
except ImportError:
    a = None
else:
    b: int = 1
finally:
    c = d = 2
for e, f in pairs:
    with open(e) as g:
        pass
total = 1 + \\
2`;
    const { statements, exports } = parse(source);
    expect(statements.map(({ code }) => code.split(/[ :]/)[0])).toEqual(['try', 'for', 'total']);
    expect(textOf(statements)).toBe(source);
    expect([...exports].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'total']);
  });

  it.each([
    ['an import under another name', 'import json as j'],
    ['an import of a name under another name', 'from json import dumps as d'],
    ['an import of all names', 'from json import *'],
    ['an import of a package above', 'from ..x import y'],
    ['an import of a file as a whole', 'from . import item'],
    ['an import of a package within', 'from .x.y import z'],
    ['an import within a function', 'def f():\n    from .item import parse_item'],
    ['an import within a statement', 'try:\n    pass\nexcept OSError:\n    from .item import parse_item'],
  ])('rejects %s', (_, source) => {
    const line = source.split('\n').length + 2;
    expect(messageOf(() => parse(`\n${source}\n`))).toContain(
      `src/a/create_item.py:${line}: ${source.split('\n').at(-1)?.trim()} cannot be inlined; import whole modules`,
    );
  });

  it('rejects what stands beside the block for type checkers', () => {
    const message = messageOf(() => parse('if TYPE_CHECKING:\n    import a\nelse:\n    a = 1\n'));
    expect(message).toMatch(/^src\/a\/create_item\.py:2: if TYPE_CHECKING: cannot be inlined/);
  });

  it.each([
    ['a = (1\n', 2, '( is not closed'],
    ['\na = """\n', 3, 'a string begins here and does not end'],
  ])('names file and line of what does not end: %j', (source, line, fault) => {
    expect(messageOf(() => parse(source))).toBe(`src/a/create_item.py:${line}: ${fault}: correct the syntax`);
  });

  it.each(['import os\n', '"""\nCreates.\n"""\n', "'''Creates.'''\n", ''])(
    'wants a docstring that says what the file is for: %j',
    (source) => {
      expect(messageOf(() => parsePython('a.py', source))).toBe(
        "a.py:1: begin with a docstring: its first line becomes the heading of the file's code",
      );
    },
  );

  it('takes the first line of a docstring of several', () => {
    expect(parsePython('a.py', '"""One.\n\nimport two\n"""\na = 1\n')).toMatchObject({
      heading: '# a.py: One.',
      exports: ['a'],
      builtins: [],
    });
  });
});
