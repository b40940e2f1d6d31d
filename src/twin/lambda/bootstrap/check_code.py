"""Compiles the code of functions without running it, and lists imported modules that are missing.

Reads a JSON list of {"source"} or {"folder", "file"}, and writes a list of {"fault": null or [line, message], "missing":
[[module, line], ...], "old": version of botocore or null}.
"""

import ast
import importlib.machinery
import importlib.util
import json
import os
import re
import site
import sys

# As in python.py.
SDK = {"boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3", "simplejson"}


def main():
    standard = list(sys.path)
    functions = json.load(sys.stdin)
    results = [check(function, standard) for function in functions]
    sys.path[:] = standard
    print(json.dumps(results))


def check(function, standard):
    folder = function.get("folder")
    result = {"fault": None, "missing": [], "old": None}
    try:
        tree = compile(source_of(function), function.get("file", "index.py"), "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        # Code with valid syntax may still not compile, such as a return outside of a function.
        compile(source_of(function), "index.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return {**result, "fault": [error.lineno, error.msg]}
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return {**result, "fault": [None, str(error)]}
    for name, line in imports(tree):
        if (folder and has(name, [folder])) or has(name, standard):
            continue
        if name in SDK and has(name, site_packages()):
            result["old"] = result["old"] or old_botocore()
            continue
        result["missing"].append([name, line])
    return result


def source_of(function):
    if "source" in function:
        return function["source"].encode()
    with open(os.path.join(function["folder"], function["file"]), "rb") as file:
        return file.read()


def imports(tree):
    """Yields the top-level names of imported modules, and their lines. Imports in a try with handlers are skipped."""
    waiting = [tree]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0], node.lineno
        elif not (isinstance(node, ast.Try) and node.handlers):
            waiting.extend(ast.iter_child_nodes(node))


def has(name, folders):
    if name in sys.builtin_module_names:
        return True
    finders = (importlib.machinery.FrozenImporter.find_spec(name), importlib.machinery.PathFinder.find_spec(name, folders))
    return any(finders)


def site_packages():
    """Same as in python.py."""
    global found
    if found is None:
        before = list(sys.path)
        site.main()
        found = [folder for folder in sys.path if folder not in before]
        if sys.prefix == sys.base_prefix:
            found.append(site.getusersitepackages())
    return found


found = None


def old_botocore():
    """Returns the version of a botocore that does not support AWS_ENDPOINT_URL_DYNAMODB: one before 1.31.0."""
    spec = importlib.machinery.PathFinder.find_spec("botocore", site_packages())
    if spec is None or spec.origin is None:
        return None
    with open(spec.origin) as file:
        match = re.search(r"__version__ = '(\d+)\.(\d+)[^']*'", file.read())
    return match[0].split("'")[1] if match and (int(match[1]), int(match[2])) < (1, 31) else None


main()
