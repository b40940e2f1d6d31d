"""Runs the Python runtime under debugpy: `python_debug.py BOOTSTRAP FOLDER`, where FOLDER contains debugpy.

Code objects of the function have the file and the lines of their source, so that breakpoints in the source work.
"""

import __future__
import ast
import importlib.machinery
import importlib.util
import json
import os
import runpy
import sys

bootstrap, folder = sys.argv[1:]
MARK = "\n# Source lines: "


def main():
    sys.argv[1:] = []
    sys.argv[0] = bootstrap
    listen()
    sys.meta_path.insert(0, Finder)
    runpy.run_path(bootstrap, run_name="__main__")


def listen():
    """Opens the debugger and reports its port to the twin. debugpy's folder and variables are hidden from the function."""
    variables = dict(os.environ)
    sys.path.insert(0, folder)
    import debugpy

    sys.path.remove(folder)
    host, port = "127.0.0.1", free_port()
    debugpy.configure(subProcess=False)
    # No adapter process, which would use the function's memory and outlive it.
    debugpy.listen((host, port), in_process_debug_adapter=True)
    for name in set(os.environ) - set(variables):
        del os.environ[name]
    print(f"Debugger listening on {host}:{port}", file=sys.stderr, flush=True)


def free_port():
    """Returns a free port. Not every version of debugpy reports the port that it chose."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        file = os.path.join(os.environ["LAMBDA_TASK_ROOT"], name + ".py")
        if name != "index" or not os.path.exists(file):
            return None
        return importlib.util.spec_from_file_location(name, file, loader=Loader(name, file))


class Loader(importlib.machinery.SourceFileLoader):
    """Loads the function's file with the file names and lines of its sources."""

    def exec_module(self, module):
        for code in compiled(self.get_data(self.path).decode(), self.path):
            exec(code, module.__dict__)


def compiled(text, path):
    """Yields the code of a file in parts, each compiled under the name of its source file."""
    tree = ast.parse(text, path)
    runs = json.loads(text[text.rindex(MARK) + len(MARK) :]) if MARK in text else []
    flags = 0
    parts = []
    for statement in tree.body:
        first, file, line = next((run for run in reversed(runs) if run[0] <= statement.lineno), (1, None, 1))
        ast.increment_lineno(statement, line - first)
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for name in statement.names:
                flags |= getattr(__future__, name.name).compiler_flag
        if not parts or parts[-1][0] != (file or path):
            parts.append((file or path, []))
        parts[-1][1].append(statement)
    for file, statements in parts:
        yield compile(ast.Module(statements, []), file, "exec", flags, dont_inherit=True)


main()
