"""Read the labelled messages the models are trained on: packaged files, catalogue titles, officers' corrections."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from binhyen.core.yaml_text import parsed
from binhyen.language.kinds import FOLLOW_UP, KINDS, NOT_A_PROCEDURE, Kind, out_of_scope_topics

OTHER_AGENCY = "ngoai-khac"
"""Topic of questions for other agencies that fit none of the named ones."""

HELD_OUT_BATCH = "D"
"""This batch of the development messages is only ever measured on, never trained on."""


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A message with its kind and topics, the main topic first.

    `topics` holds procedure ids or topics of other agencies; `source` names the file or "correction".
    """

    text: str
    kind: Kind
    topics: tuple[str, ...] = ()
    source: str = "correction"
    other_kinds: tuple[Kind, ...] = ()


def data_folder() -> Traversable:
    """Return the packaged data."""
    return files("binhyen") / "data"


def procedure_ids() -> list[str]:
    """Return the ids of the packaged catalogue in its order."""
    return [str(record["id"]) for record in _catalogue()]


def _catalogue() -> list[dict[str, object]]:
    text = (data_folder() / "procedures" / "catalogue.yaml").read_text(encoding="utf-8")
    records: list[dict[str, object]] = parsed(text)
    return records


def packaged_rows() -> list[LabelledMessage]:
    """Return every packaged training row, in a fixed order."""
    return [*title_rows(), *development_rows(), *procedure_rows(), *kind_rows()]


def title_rows() -> Iterator[LabelledMessage]:
    """Titles and aliases of the catalogue, and the phrases of other agencies' topics."""
    for record in _catalogue():
        aliases = record.get("aliases_vi")
        phrases = [record["title_vi"], *(aliases if isinstance(aliases, list) else [])]
        for phrase in dict.fromkeys(map(str, phrases)):
            yield LabelledMessage(phrase, "procedure", (str(record["id"]),), "catalogue")
    for topic, examples in out_of_scope_topics().items():
        for phrase in examples:
            yield _other_agency_row(phrase, topic, "out_of_scope")


def development_rows() -> Iterator[LabelledMessage]:
    """The development messages without the held-out batch."""
    text = (data_folder() / "messages" / "development.jsonl").read_text(encoding="utf-8")
    for line in text.splitlines():
        row = json.loads(line)
        if row["batch"] == HELD_OUT_BATCH:
            continue
        topics = [row["procedure"], *row["also"]] if row["procedure"] else list(row["also"])
        if row["kind"] == "procedure" and not row["procedure"]:
            topics.insert(0, OTHER_AGENCY)
        named = tuple(topic or OTHER_AGENCY for topic in topics)
        yield LabelledMessage(row["text"], row["kind"], named, f"development {row['batch']}{row['fold']}")


def procedure_rows() -> Iterator[LabelledMessage]:
    """The questions written for each procedure: style, text, further right procedures."""
    for name, fields in _table_lines("procedures"):
        also = tuple(topic.strip() for topic in fields[2].split(",") if topic.strip()) if len(fields) > 2 else ()
        yield LabelledMessage(fields[1], "procedure", (name, *also), f"procedures/{name}")


def kind_rows() -> Iterator[LabelledMessage]:
    """The messages of the other kinds, and the special tables beside them."""
    for name, fields in _table_lines("kinds"):
        row = _kind_row(name, fields[1], [field.strip() for field in fields[2:]])
        if row is not None:
            yield row


def _table_lines(folder: str) -> Iterator[tuple[str, list[str]]]:
    tables = sorted((data_folder() / "messages" / folder).iterdir(), key=lambda entry: entry.name)
    for table in tables:
        if not table.name.endswith(".tsv"):
            continue
        for line in table.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) >= 2 and fields[1].strip():
                yield table.name.removesuffix(".tsv"), fields


def _kind_row(name: str, text: str, labels: list[str]) -> LabelledMessage | None:
    source = f"kinds/{name}"
    if name == "other_agency":
        return _other_agency_row(text, labels[0] if labels and labels[0] else OTHER_AGENCY, source)
    if name == "follow_up":
        return LabelledMessage(text, "procedure", (FOLLOW_UP,), source)
    if name == "not_emergency":
        kind = _kind_named(labels[0]) if labels else None
        if kind is None:
            return None
        topics = _topics(labels[1:2]) or ((OTHER_AGENCY,) if kind == "procedure" else ())
        return LabelledMessage(text, kind, topics, source)
    if name == "two_questions":
        return _two_questions_row(text, labels, source)
    own = _kind_named(name)
    if own is None:
        return None
    others = [_kind_named(part.strip()) for part in labels[0].split(",")] if labels else []
    return LabelledMessage(text, own, (), source, tuple(kind for kind in others if kind and kind != own))


def _other_agency_row(text: str, topic: str, source: str) -> LabelledMessage:
    return LabelledMessage(text, "other" if topic in NOT_A_PROCEDURE else "procedure", (topic,), source)


def _two_questions_row(text: str, labels: list[str], source: str) -> LabelledMessage:
    topics = _topics(labels[:2])
    kinds = tuple(kind for label in labels[:2] if (kind := _kind_named(label)) and kind != "procedure")
    if topics:
        return LabelledMessage(text, "procedure", topics, source, kinds)
    return LabelledMessage(text, kinds[0] if kinds else "procedure", (), source, kinds[1:])


def _kind_named(label: str) -> Kind | None:
    return next((kind for kind in KINDS if kind == label), None)


def _topics(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(label for label in labels if label and _kind_named(label) is None)
