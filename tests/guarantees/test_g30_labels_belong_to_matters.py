"""G30: labels belong to conversations, procedures and areas; nothing can be attached to a person or a household."""

import pytest
from django.apps import apps
from django.db.models import Field

from binhyen.console.tests.factories import make_conversation, make_house, make_officer, sign_in
from binhyen.inbox.models import Contact, ConversationTopic, Topic
from binhyen.inbox.topics.rules import is_about_persons
from binhyen.units.models import Role

pytestmark = pytest.mark.django_db

LABELS = ("topic", "tag", "label")
MAY_BE_LABELLED = {"conversation", "act", "unit", "macro"}
"""What a label may hang on: a conversation, the undo journal of an act, its unit, fixed steps."""


def relations(model: type) -> list[Field]:
    return [field for field in model._meta.get_fields() if field.is_relation and not field.auto_created]


def test_no_relation_ties_a_label_to_a_person():
    for model in apps.get_models():
        named = any(word in model.__name__.lower() for word in LABELS)
        tied = [field for field in relations(model) if field.related_model is Topic]
        if not named and not tied:
            continue
        for field in relations(model):
            if field.related_model in (Topic, None) or field.related_model._meta.label == "units.Officer":
                continue
            assert field.related_model is not Contact, f"{model.__name__}.{field.name} labels a person"
    assert {field.name for field in relations(ConversationTopic)} == {"conversation", "topic"}


def test_a_person_has_no_field_for_a_label():
    names = {field.name for field in Contact._meta.get_fields()}
    assert not [name for name in names if any(word in name for word in (*LABELS, "score", "rank", "level", "note"))]


@pytest.mark.parametrize("given", ["contact", "person", "household", "officer"])
def test_trying_to_label_a_person_is_refused(given: str):
    house = make_house()
    topic = Topic.objects.create(unit=house.unit, name="Chợ đêm")
    conversation = make_conversation(house.zalo)
    client = sign_in(make_officer(house.unit, "may"))
    path = f"/console/c/{conversation.contact.external_id}/topic/"
    assert client.post(path, {"topic": topic.public_id, given: "1"}).status_code == 404
    assert not ConversationTopic.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["Đối tượng cần chú ý", "ĐIỂM TIN CẬY", "người này hay khiếu nại", "Tôn giáo", "Hộ chưa tham gia", "troublemaker"],
)
def test_a_name_that_judges_people_is_refused(name: str):
    house = make_house()
    leader = sign_in(make_officer(house.unit, "chi-huy", Role.COMMANDER))
    assert is_about_persons(name)
    leader.post("/console/replies/topics/", {"of_unit": house.unit.public_id, "name": name})
    assert not Topic.objects.exists()


@pytest.mark.parametrize("name", ["Chợ đêm", "Mất điện", "Trộm xe máy", "Ma túy", "Tiếng ồn karaoke", "Cấp căn cước"])
def test_a_matter_is_no_judgement(name: str):
    assert not is_about_persons(name)
