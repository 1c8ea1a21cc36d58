"""The house keeps its own rules: what import-linter and ruff cannot see."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "binhyen"
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "lib", "manager", "misc"}
BROAD_EXCEPT_ALLOWED = {"workflows/intake.py", "workflows/worker.py", "hooks/application.py"}
"""The job runner and the door's last guard; anywhere else a broad except has to raise again."""


@functools.cache
def tree(path: Path) -> ast.Module:
    """The module as the rules read it."""
    return ast.parse(path.read_text(encoding="utf8"))


def modules() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def test_no_folder_or_file_is_an_attic() -> None:
    names = {part for path in PACKAGE.rglob("*") for part in (path.stem,) if path.suffix in ("", ".py")}
    assert names & FORBIDDEN_NAMES == set()


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.read_text(encoding="utf8").strip() and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def test_no_product_file_is_longer_than_three_hundred_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)} {count}"
        for path in modules()
        if "tests" not in path.parts and (count := len(path.read_text(encoding="utf8").splitlines())) > 300
    ]
    assert long == []


def test_every_public_function_and_class_has_a_docstring() -> None:
    silent = []
    for path in modules():
        if "tests" in path.parts:
            continue
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert silent == []


def test_broad_except_stands_only_in_the_job_runner_and_the_doors() -> None:
    broad = []
    for path in modules():
        if "tests" in path.parts or str(path.relative_to(PACKAGE)) in BROAD_EXCEPT_ALLOWED:
            continue
        handlers = (n for n in ast.walk(tree(path)) if isinstance(n, ast.ExceptHandler))
        broad += [f"{path.relative_to(ROOT)}:{n.lineno}" for n in handlers if _is_broad(n)]
    assert broad == []


def _is_broad(handler: ast.ExceptHandler) -> bool:
    raises_again = any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
    names_all = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException")
    )
    return names_all and not raises_again


UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
NOT_RUN = re.compile(r"mark\.(skip|xfail)|pytest\.(skip|xfail)\(|time\.sleep\(")


def test_nothing_is_left_to_do_and_no_test_is_skipped() -> None:
    found = []
    for path in (path for folder in (PACKAGE, ROOT / "tests", ROOT / "bench") for path in sorted(folder.rglob("*.py"))):
        name = f"/{path.relative_to(ROOT)}"
        if path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
            if UNFINISHED.search(line) or ("/tests/" in name and NOT_RUN.search(line)):
                found.append(f"{name}:{number}")
    assert found == []


def test_no_minified_or_foreign_script_is_kept() -> None:
    foreign = [path for path in PACKAGE.rglob("*") if re.search(r"\.min\.(js|css)$|vendor|third_party", str(path))]
    assert foreign == []


def test_every_direct_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "adr" / "0002-dependencies.md").read_text(encoding="utf8").casefold()
    wanted = [
        re.split(r"[\[<>=;]", line, maxsplit=1)[0].strip().casefold()
        for name in ("run.in", "check.in")
        for line in (ROOT / "requirements" / name).read_text(encoding="utf8").splitlines()
        if line.strip() and not line.startswith(("#", "-"))
    ]
    assert [name for name in wanted if f"`{name}" not in reasons] == []
