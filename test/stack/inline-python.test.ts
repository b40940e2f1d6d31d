import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { editions } from '../../src/stack/editions.ts';
import { inlinePython } from '../../src/stack/inline-python.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const inline = (files: Record<string, string>, handlers = ['handler']) => {
  const folder = mkdtempSync(join(tmpdir(), 'items-inline-'));
  folders.push(folder);
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
  return inlinePython(folder, handlers);
};

const handler = 'def lambda_handler(event, context):\n    return 1\n';

/** The inlined code of a module that a handler imports something of. */
const shared = (source: string): string =>
  inline({ 'handler.py': `from .a import anything\n${handler}`, 'a.py': source }).shared;

describe('inlinePython', () => {
  it('joins what handlers share, in the order in which it is needed, and their own code', () => {
    const code = inline(
      {
        'the_handler.py': `"""What it does."""

from __future__ import annotations

import uuid
from .b import double
import os

def lambda_handler(event: Event, context: Context) -> int:
    """Doubles."""
    # Comments go.
    return double(
        uuid.uuid4().int, os.sep,
    )
`,
        'other.py': `from .a import one\n\n${handler}`,
        'b.py':
          'import os\nfrom .a import (\n    one,\n)\n\ndef double(number: int, name: str = "x") -> int:\n    return number * one\n',
        'a.py': 'from json import loads, dumps\nimport os, re\n\none = 1\n',
      },
      ['the-handler', 'other'],
    );
    expect(code.shared).toBe('import os, re\nfrom json import dumps, loads\none=1\ndef double(a,b="x"):return a*one\n');
    expect(code.handlers.get('the-handler')).toBe(
      'import uuid\ndef lambda_handler(event,context):return double(uuid.uuid4().int,os.sep)\n',
    );
    expect(code.handlers.get('other')).toBe('def lambda_handler(event,context):return 1\n');
  });

  it('leaves out what is for type checkers only', () => {
    const code = shared(`from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import (
        Mapping,
    )
    from .types import T

def f(a: T, *, b: "Mapping[str, int]" = {}, c: int | None = None, **d: T) -> dict[str, T]:
    x: T
    y: dict[str, T] = {"a": a}
    x = cast("T", y)
    return x[1:2]
`);
    expect(code).toBe('from typing import cast\ndef f(a,*,d={},e=None,**g):b={"a":a};c=cast("T",b);return c[1:2]\n');
  });

  it('keeps blocks, strings and the comma of a tuple', () => {
    const code = shared(`class E(Exception):
    """Nothing else."""


def f(a):
    if a:
        for b in a:
            print(b, "  # no comment", '''two
  lines''')
    elif not a:
        pass
    else:
        # Two statements.
        g()
        h()
    return (a,), [
        a,
    ], "x" if a else "y"
`);
    expect(code).toBe(`class E(Exception):pass
def f(a):
 if a:
  for b in a:print(b,"  # no comment",'''two
  lines''')
 elif not a:pass
 else:g();h()
 return(a,),[a],"x"if a else"y"
`);
  });

  it('shortens names that are local, and those only', () => {
    const code = shared(`limit = 7


class Thing:
    kind = "thing"

    def __init__(self, number: int, name: str) -> None:
        self.number, self.name = number, name

    def limit_of(self, kind: str) -> int:
        return self.limit_of(kind) if kind == self.kind else limit


def outer(values, *, timeout=limit, **others):
    global limit
    total = other = 0
    with open("x") as file, lock:
        total += len(file.name)
    try:
        values[total] = sorted(values, key=lambda pair: pair[1])
    except (ValueError, OSError) as error:
        raise Thing(number=1, name=f"{error!r:>{total}} {{total}} {values[total:other]:x} {others['total']}") from error
    def inner(value):
        return {name: value for name, (value, _) in others.items() if value is not None}
    return [inner(total), outer(values, timeout=total)]
`);
    expect(code).toBe(`limit=7
class Thing:
 kind="thing"
 def __init__(a,number,name):a.number,a.name=number,name
 def limit_of(a,kind):return a.limit_of(kind)if kind==a.kind else limit
def outer(b,*,timeout=limit,**d):
 global limit;a=f=0
 with open("x")as g,lock:a+=len(g.name)
 try:b[a]=sorted(b,key=lambda h:h[1])
 except(ValueError,OSError)as e:raise Thing(number=1,name=f"{e!r:>{a}} {{total}} {b[a:f]:x} {d['total']}")from e
 def inner(c):return{name:c for name,(c,i)in d.items()if c is not None}
 return[inner(a),outer(b,timeout=a)]
`);
  });

  it('knows parameters from what their defaults and annotations name', () => {
    const code = shared(`def f(first=max([1], key=abs), second=(1, len), *, third=dict(other=1), **rest):
    other = len(first)
    return other, second, third, rest


def g(first=lambda one, two=int: one):
    return first


class Thing:
    def __init__(self, limit: str) -> None:
        self.limit: int = int(limit)
        self.later: str


def h():
    global made
    made = 1
`);
    expect(code).toBe(`def f(a=max([1],key=abs),b=(1,len),*,c=dict(other=1),**d):other=len(a);return other,b,c,d
def g(a=lambda b,c=int:b):return a
class Thing:
 def __init__(a,b):a.limit=int(b)
def h():global made;made=1
`);
  });

  it.each([
    [
      'a class within a function',
      { 'handler.py': `def f():\n    class A:\n        a = 1\n${handler}` },
      /handler\.py:2: a class with/,
    ],
    ['a coroutine', { 'handler.py': `async def f():\n    pass\n${handler}` }, /handler\.py:1: async/],
    [
      'a name that two files define',
      { 'handler.py': `from .b import f\na = 1\n${handler}`, 'b.py': 'a = 2\ndef f():\n    return a\n' },
      /b\.py and .*handler\.py: both define a\./,
    ],
    [
      'a name that another file imports',
      {
        'handler.py': `from .b import f\nimport json\n${handler}`,
        'b.py': 'def json():\n    return 1\ndef f():\n    return 1\n',
      },
      /b\.py defines json, which .*handler\.py imports/,
    ],
    [
      'an import under another name',
      { 'handler.py': `import json as j\n${handler}` },
      /handler\.py:1: import json as j cannot/,
    ],
    ['an import of all names', { 'handler.py': `from json import *\n${handler}` }, /from json import \* cannot/],
    ['an import of a package above', { 'handler.py': `from ..x import y\n${handler}` }, /from \.\.x import y cannot/],
    [
      'an import within a function',
      { 'handler.py': 'def lambda_handler(a, b):\n    import json\n' },
      /handler\.py:2: import json/,
    ],
    [
      'a file without its handler',
      { 'handler.py': 'def handler(event, context):\n    return 1\n' },
      /must define lambda_handler/,
    ],
    [
      'a field without a value',
      { 'handler.py': `class A:\n    a: int\n${handler}` },
      /handler\.py:2: a field without a value/,
    ],
    ['what names itself', { 'handler.py': `from .a import f\n${handler}`, 'a.py': 'def f(x):\n    return f"{x=}"\n' }, /x=/],
    ['tabs', { 'handler.py': 'def lambda_handler(a, b):\n\treturn 1\n' }, /handler\.py:2/],
    [
      'a handler that another imports',
      { 'handler.py': `from .b import lambda_handler\n`, 'b.py': handler },
      /handler\.py must define|b\.py/,
    ],
    [
      'files that import each other',
      {
        'handler.py': `from .b import b\n${handler}`,
        'b.py': 'from .c import c\nb = 1\n',
        'c.py': 'from .b import b\nc = 1\n',
      },
      /handler\.py -> b\.py -> c\.py -> b\.py/,
    ],
  ])('refuses %s', (_, files, message) => {
    expect(() => inline(files as unknown as Record<string, string>)).toThrow(message);
  });
});

it('inlines every handler with names that read as in the source', () => {
  const code = editions['template.python.yaml']?.().code;
  for (const { handler, name } of operations) {
    expect(code?.handlers.get(handler)).toMatch(
      new RegExp(`^@operation\\("${name}"\\)\ndef lambda_handler\\(request\\):\n`, 'm'),
    );
  }
  expect(code?.shared).toMatch(/^def parse_item\(/m);
});
