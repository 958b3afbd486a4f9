import ast
from pathlib import Path

import pytest

from phonebot import simulator

FILES = sorted(Path(simulator.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_network_knows_nothing_of_the_inside_of_the_app_nor_of_the_client_library(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module)
    ours = {name for name in imported if name.split(".")[0] in {"phonebot", "twilio"}}
    assert all(name.startswith("phonebot.simulator") for name in ours)
