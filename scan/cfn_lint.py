"""Runs cfn-lint on the given files, at all levels, and prints as JSON what its own command does not print together: the
number of rules that ran and, for each match, the path in the template and the URL of the rule's explanation."""

import json
import sys

from cfnlint.config import ConfigMixIn
from cfnlint.runner import Runner
from cfnlint.version import __version__

runner = Runner(ConfigMixIn(["--include-checks", "I", "--", *sys.argv[1:]]))
matches = [
    {
        "file": match.filename,
        "rule": match.rule.id,
        "path": [str(key) for key in getattr(match, "path", None) or []],
        "message": match.message,
        "source": match.rule.source_url,
    }
    for match in runner.run()
]
print(json.dumps({"version": __version__, "rules": len(runner.rules.used_rules), "matches": matches}))
