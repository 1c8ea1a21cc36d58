"""Conditions of the legal clocks (`applies_if`): a closed little language, read and never executed (G54).

`unit.remote_area and complex`, `item in (poultry, aquatic)`, `request == erase`, `not competent`. Names are facts of
the matter; a fact that is not given is false. Values are bare words.
"""

import ast
import functools
from collections.abc import Mapping

Fact = bool | str
PROSE = {"forwarded by press or agency": "forwarded_by_press or forwarded_by_agency"}
"""Conditions the law file writes as prose, in the terms of this language."""


class OddCondition(ValueError):
    """The law file holds a condition that cannot be read."""


def holds(condition: str, facts: Mapping[str, Fact]) -> bool:
    """Whether the condition is true of the facts; an empty condition always is. Raises OddCondition."""
    return _is_true(_parsed(condition), facts) if condition else True


def facts_asked_by(condition: str) -> frozenset[str]:
    """Names of the facts the condition looks at. Raises OddCondition."""
    return _facts_asked(_parsed(condition)) if condition else frozenset()


@functools.lru_cache(maxsize=200)
def _parsed(condition: str) -> ast.expr:
    try:
        return ast.parse(PROSE.get(condition, condition), mode="eval").body
    except SyntaxError as error:
        raise OddCondition(condition) from error


def _is_true(node: ast.expr, facts: Mapping[str, Fact]) -> bool:
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_is_true(part, facts) for part in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_is_true(part, facts) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return not _is_true(inner, facts)
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[ast.Name(id=value)]):
            return facts.get(_name(left)) == value
        case ast.Compare(left=left, ops=[ast.In()], comparators=[ast.Tuple(elts=values)]):
            return facts.get(_name(left)) in {_name(value) for value in values}
        case _:
            return bool(facts.get(_name(node), False))


def _facts_asked(node: ast.expr) -> frozenset[str]:
    match node:
        case ast.BoolOp(values=parts):
            return frozenset().union(*(_facts_asked(part) for part in parts))
        case ast.UnaryOp(operand=inner):
            return _facts_asked(inner)
        case ast.Compare(left=left):
            return frozenset({_name(left)})
        case _:
            return frozenset({_name(node)})


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return f"{owner}.{name}"
        case _:
            raise OddCondition(ast.unparse(node))
