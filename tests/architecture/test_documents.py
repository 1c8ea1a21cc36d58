"""The documents are true: links, commands, settings, guarantees and words on buttons are those of the product."""

import gettext
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import click
import pytest

from binhyen.cli.main import root
from binhyen.core.configuration import Configuration

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SETTINGS = ROOT / "docs" / "operations" / "settings.md"
GUARANTEES = ROOT / "docs" / "guarantees.md"
MANUAL = sorted((ROOT / "docs" / "manual").glob("*.md"))
LARGEST_PICTURE_BYTES = 150_000

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"")
_CODE = re.compile(r"^```[^\n]*\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"(?:\./binhyen|\bbinhyen|\bbyn) ([a-z][a-z-]+)\b([^\n|&#;]*)")
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


@cache
def text_of(document: Path) -> str:
    return document.read_text(encoding="utf8")


def without_code(text: str) -> str:
    return _CODE.sub("", text)


def anchors_of(document: Path) -> set[str]:
    """Anchors as code hosts make them: small letters, spaces to dashes, the rest of the punctuation dropped."""
    headings = re.findall(r"^#{1,6} (.+)$", without_code(text_of(document)), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@every_document
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    lost = []
    for match in _LINK.finditer(without_code(text_of(document))):
        target = match[1] or match[2]
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (document.parent / name).resolve() if name else document
        is_there = path.exists() and path.is_relative_to(ROOT)
        if not is_there or (anchor and path.suffix == ".md" and anchor not in anchors_of(path)):
            lost.append(target)
    assert lost == []


def named_commands(document: Path) -> Iterator[tuple[str, list[str]]]:
    """Pairs of command name and long options, from the code of a document."""
    for match in _CODE.finditer(text_of(document)):
        for command in _COMMAND.finditer(match[1] or match[2]):
            yield command[1], re.findall(r"(?<!\S)--[a-z][a-z-]*", command[2])


@every_document
def test_every_command_named_is_in_the_command_line(document: Path) -> None:
    context = click.Context(root)
    wrong = []
    for name, options in named_commands(document):
        command = root.get_command(context, name)
        if command is None:
            wrong.append(name)
            continue
        parts = [command, *getattr(command, "commands", {}).values()]
        known = {option for part in parts for parameter in part.params for option in parameter.opts} | {"--help"}
        wrong += [f"{name} {option}" for option in options if option not in known]
    assert wrong == []


def test_both_readmes_name_the_two_commands() -> None:
    for name in ("README.md", "README.vi.md"):
        text = text_of(ROOT / name)
        assert "./binhyen demo" in text
        assert "./check" in text


def test_every_setting_stands_in_the_operators_table() -> None:
    rows = set(re.findall(r"^\| `(BINHYEN_[A-Z_]+)` \|", text_of(SETTINGS), flags=re.MULTILINE))
    wanted = {f"BINHYEN_{field.name.upper()}" for field in fields(Configuration)}
    assert wanted - rows == set()
    assert {name for name in rows - wanted if not _is_read_by_the_product(name)} == set()


def test_every_setting_named_in_documents_and_deployment_exists() -> None:
    known = set(re.findall(r"BINHYEN_[A-Z_]+", text_of(SETTINGS)))
    files = [*DOCUMENTS, *(path for path in (ROOT / "deploy").rglob("*") if path.is_file())]
    named = {
        name.removesuffix("_FILE")
        for path in files
        for name in re.findall(r"BINHYEN_[A-Z]+(?:_[A-Z]+)*", path.read_text(encoding="utf8"))
    }
    of_nats = {"BINHYEN_NATS_PASSWORD", "BINHYEN_INTAKE", "BINHYEN_INTAKE_BURIED"}
    """A variable of its server's own file, and names of streams."""
    assert named - known - of_nats == set()


def _is_read_by_the_product(name: str) -> bool:
    sources = [ROOT / "binhyen", ROOT / "check", *(ROOT / "src").rglob("*.py")]
    return any(name in source.read_text(encoding="utf8") for source in sources)


def test_every_guarantee_with_a_test_stands_in_the_table_and_the_other_way_round() -> None:
    rows = re.findall(r"^\| (G\d+) \|[^|]+\| \[[^\]]+\]\(\.\./([^)]+)\) \|", text_of(GUARANTEES), flags=re.MULTILINE)
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "guarantees").glob("test_g*.py")}
    assert {path for _, path in rows} == files
    for number, path in rows:
        assert int(number[1:]) in [int(found) for found in re.findall(r"g(\d+)", Path(path).stem)]


@every_document
def test_documents_are_composed_unicode(document: Path) -> None:
    text = text_of(document)
    assert unicodedata.is_normalized("NFC", text)


def words_on_screen() -> set[str]:
    """Every Vietnamese text of the interface, placeholders cut off, without the white space around."""
    words: set[str] = set()
    for compiled in (ROOT / "src" / "binhyen").glob("*/locale/vi/LC_MESSAGES/django.mo"):
        with compiled.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
        words |= {" ".join(str(text).split()) for key, text in catalogue._catalog.items() if key}  # type: ignore[attr-defined]
    return words


@pytest.mark.parametrize("document", MANUAL, ids=lambda path: path.name)
def test_the_manual_names_buttons_as_the_screen_does(document: Path) -> None:
    shown = words_on_screen()
    named = {" ".join(words.split()) for words in re.findall(r"\*\*([^*]+)\*\*", text_of(document))}
    assert named - shown == set()


def test_pictures_are_small_and_each_is_shown() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures
    shown = "".join(text_of(document) for document in DOCUMENTS)
    assert [path.name for path in pictures if path.stat().st_size > LARGEST_PICTURE_BYTES] == []
    assert [path.name for path in pictures if path.name not in shown] == []
