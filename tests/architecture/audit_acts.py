"""Every act the code can write into the audit chain, read from the code itself, so that none is forgotten."""

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

from binhyen.cases.models import EventKind
from binhyen.cases.openings import OpeningPurpose, OpeningState

SOURCE = Path(__file__).parents[2] / "src" / "binhyen"
_OUTSIDE = {"tests", "migrations", "simulator"}
_OF_ROWS: dict[str, set[str]] = {
    "kind.value": set(EventKind.values),
    "purpose": set(OpeningPurpose.values) - {OpeningPurpose.IDENTITY},
    "opening.purpose": set(OpeningPurpose.values) - {OpeningPurpose.IDENTITY},
    "opening.state": {OpeningState.WITHDRAWN, OpeningState.REFUSED},
    "state": {OpeningState.ENDED, OpeningState.EXPIRED},
}
"""What an act takes from a row: the expression as it is written, and every value it can have."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Code:
    """The product's modules, with the functions around every call."""

    def __init__(self) -> None:
        """Read the source."""
        self._calls: dict[str, list[tuple[Path, ast.Call, _Function | None]]] = {}
        self._assigned: dict[tuple[Path, int, str], list[ast.expr]] = {}
        self._texts = {
            path: path.read_text(encoding="utf-8")
            for path in SOURCE.rglob("*.py")
            if not _OUTSIDE & set(path.relative_to(SOURCE).parts)
        }
        for path, text in self._texts.items():
            self._read(path, ast.parse(text), None)

    def _read(self, path: Path, node: ast.AST, inside: _Function | None) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                self._calls.setdefault(_name(child.func), []).append((path, child, inside))
            elif isinstance(child, ast.Assign | ast.AnnAssign) and child.value is not None:
                targets = child.targets if isinstance(child, ast.Assign) else [child.target]
                for target in targets:
                    if isinstance(target, ast.Name):
                        self._assigned.setdefault((path, _line(inside), target.id), []).append(child.value)
            self._read(path, child, child if isinstance(child, _Function) else inside)

    def acts(self) -> set[str]:
        """Every act. Raises AssertionError for one whose values cannot be read from the code."""
        found: set[str] = set()
        for name in ("record", "audit"):
            for path, call, inside in self._calls.get(name, []):
                if _writes_audit(self._texts[path], call):
                    found |= self._values(path, _argument(call, 1, "action"), inside)
        return found

    def _values(self, path: Path, node: ast.expr | None, inside: _Function | None) -> set[str]:
        match node:
            case ast.Constant(value=str(value)):
                return {value}
            case ast.IfExp():
                return self._values(path, node.body, inside) | self._values(path, node.orelse, inside)
            case ast.BoolOp():
                return set().union(*(self._values(path, value, inside) for value in node.values))
            case ast.JoinedStr():
                parts = [self._values(path, part, inside) for part in node.values]
                return {"".join(one) for one in itertools.product(*parts)}
            case ast.FormattedValue():
                return self._values(path, node.value, inside)
            case ast.Constant(value=None) | None:
                return set()
        written = ast.unparse(node)
        if isinstance(node, ast.Name) and (values := self._of_name(path, written, inside)) is not None:
            return values
        assert written in _OF_ROWS, f"{path.name}:{node.lineno}: which acts can {written} be? Add it to _OF_ROWS"
        return _OF_ROWS[written]

    def _of_name(self, path: Path, name: str, inside: _Function | None) -> set[str] | None:
        """Values of a parameter, from every call of its function, or of a variable; None where that is unknown."""
        names = [argument.arg for argument in _parameters(inside)] if inside else []
        if inside and name in names:
            if name in _OF_ROWS:
                return None
            return set().union(*self._of_parameter(path, inside, name))
        values = self._assigned.get((path, _line(inside), name)) or self._assigned.get((path, _line(None), name))
        return set().union(*(self._values(path, value, inside) for value in values)) if values else None

    def _of_parameter(self, home: Path, function: _Function, name: str) -> Iterator[set[str]]:
        """From the calls in its module, and in those that import that module or the function."""
        place = [argument.arg for argument in _parameters(function)].index(name)
        for path, call, inside in self._calls.get(function.name, []):
            if path == home or (not function.name.startswith("_") and home.stem in self._texts[path]):
                yield self._values(path, _argument(call, place, name), inside)


def _line(function: _Function | None) -> int:
    return function.lineno if function else 0


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _parameters(function: _Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    if len(call.args) > place:
        return call.args[place]
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _writes_audit(source: str, call: ast.Call) -> bool:
    """`audit.record(...)`, or `record` and `audit` imported from audit.actions."""
    if isinstance(call.func, ast.Attribute):
        return ast.unparse(call.func) == "audit.record"
    name = "record as audit" if _name(call.func) == "audit" else "record"
    return f"from binhyen.audit.actions import {name}\n" in source
