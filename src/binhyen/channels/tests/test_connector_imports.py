"""A connector imports the contract, core and itself, and nothing else of the house."""

import ast
from pathlib import Path

import pytest

from binhyen.channels.registry import all_connectors

HOUSE = ("binhyen.channels.house",)
OF_ONE_PLATFORM = {"zalo_gmf": ("binhyen.channels.zalo_oa",), "web": HOUSE, "manual": HOUSE}
"""Groups of a page use the same server, tokens, signature, uploads and error codes as the page itself; calls of our own
house are signed and read in one way."""
ROOM = Path(__file__).parents[1]


def imported(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found |= {node.module}
    return {name for name in found if name.startswith("binhyen")}


@pytest.mark.parametrize("name", [connector.name for connector in all_connectors()])
def test_arrows(name):
    modules = [module for module in (ROOM / name).rglob("*.py") if "tests" not in module.parts]
    assert modules
    allowed = ("binhyen.channels.connector", "binhyen.core", f"binhyen.channels.{name}", *OF_ONE_PLATFORM.get(name, ()))
    for module in modules:
        for other in imported(module):
            assert other.startswith(allowed), f"{module.name} imports {other}"
