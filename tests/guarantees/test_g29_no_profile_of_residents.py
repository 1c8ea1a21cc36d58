"""G29: there is no score, rank, opinion, belief, ethnicity or health field about a resident anywhere in the schema."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Field

from binhyen.core.text import fold

FORBIDDEN = re.compile(
    r"\b(score|rank|risk|trust|reputation|credib|opinion|belief|politic|ethnic|religio|health|disabilit|gender|sex|marital|"
    r"income|criminal_record|suspicion|danger_level|loyal|attitude|mood|sentiment|profile|tag|blacklist|watchlist|"
    r"diem|xep hang|rui ro|tin cay|quan diem|ton giao|dan toc|suc khoe|gioi tinh|tien an|tien su|thai do|danh sach den)"
)
OURS = [model for model in apps.get_models() if model.__module__.startswith("binhyen.")]
PERSON_FIELDS = {
    "inbox.Contact": {
        "id", "unit", "account", "external_id", "display_name", "folded_name", "name_fetched_at", "last_interaction_at",
        "is_following", "created_at",
    },
}  # fmt: skip
"""Every column of a row about one resident; a new one is discussed here first."""


def own_fields() -> Iterator[tuple[str, Field]]:
    for model in OURS:
        for field in model._meta.get_fields():
            if isinstance(field, Field):
                yield model._meta.label, field


def test_the_house_has_models_to_look_at():
    assert len(OURS) > 30


def test_no_field_name_or_choice_speaks_of_a_person():
    bad = []
    for label, field in own_fields():
        names = [field.name.replace("_", " "), *(str(value).replace("_", " ") for value, _ in field.flatchoices)]
        bad += [f"{label}.{field.name}: {name}" for name in names if FORBIDDEN.search(fold(name))]
    assert bad == []


@pytest.mark.parametrize("label", PERSON_FIELDS)
def test_a_row_about_a_resident_has_the_listed_fields_only(label):
    model = apps.get_model(label)
    assert {field.name for field in model._meta.concrete_fields} == PERSON_FIELDS[label]


def test_nothing_else_names_a_resident():
    """Rows with a channel's id of a person, or a name of one, are listed above or belong to officers."""
    known = {"inbox.Contact", "units.Officer"}
    found = {label for label, field in own_fields() if field.name in ("full_name", "display_name", "phone")}
    assert found - known <= {"units.DirectoryEntry"}


def test_labels_never_hang_on_a_person():
    for label, field in own_fields():
        if field.many_to_many:
            assert field.related_model._meta.label not in PERSON_FIELDS, f"{label}.{field.name}"
            assert label not in PERSON_FIELDS


def test_the_forbidden_list_would_find_them():
    for name in ("trust_score", "risk", "ethnicity", "Điểm tin cậy", "tôn giáo"):
        assert FORBIDDEN.search(fold(name.replace("_", " ")))
