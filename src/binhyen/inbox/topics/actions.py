"""Keeping the unit's list of topics and labelling conversations with them."""

from django.db import IntegrityError, transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean, fold
from binhyen.inbox.models import Conversation, ConversationTopic, Topic
from binhyen.inbox.topics.rules import is_about_persons
from binhyen.units.models import Unit
from binhyen.units.scope import LEADER_ROLES, REPLY_ROLES, Scope

MOST_TOPICS = 60
"""In use in one unit; a longer list is not read any more."""
MOST_LABELS = 5
"""Topics of one conversation."""


def add_topic(scope: Scope, unit: Unit, name: str) -> Topic:
    """A leader adds a topic, or takes a retired one back into use.

    Raises NotPossible: topic_name, topic_person, topic_twice, topic_many(most).
    """
    scope.check(unit.pk, LEADER_ROLES)
    name = clean(name)[:60]
    if not fold(name):
        raise NotPossible("topic_name")
    if is_about_persons(name):
        raise NotPossible("topic_person")
    if Topic.objects.filter(unit=unit, is_retired=False).count() >= MOST_TOPICS:
        raise NotPossible("topic_many", most=MOST_TOPICS)
    try:
        with transaction.atomic():
            revived = Topic.objects.filter(unit=unit, folded=fold(name)[:60], is_retired=True).first()
            topic = revived or Topic(unit=unit, name=name)
            topic.is_retired = False
            topic.save()
            audit.record(unit.pk, "topic.added", actor_key=scope.officer_id, subject=topic.public_id)
    except IntegrityError as error:
        raise NotPossible("topic_twice") from error
    return topic


@transaction.atomic
def retire_topic(scope: Scope, topic: Topic) -> None:
    """No longer offered; conversations keep it."""
    scope.check(topic.unit_id, LEADER_ROLES)
    Topic.objects.filter(pk=topic.pk).update(is_retired=True)
    audit.record(topic.unit_id, "topic.retired", actor_key=scope.officer_id, subject=topic.public_id)


@transaction.atomic
def add_label(scope: Scope, conversation: Conversation, topic: Topic) -> None:
    """The conversation is about the topic. Raises NotPossible: topic_other_unit, labels_many(most)."""
    _check(scope, conversation, topic)
    labels = ConversationTopic.objects.filter(conversation=conversation)
    if not labels.filter(topic=topic).exists():
        if labels.count() >= MOST_LABELS:
            raise NotPossible("labels_many", most=MOST_LABELS)
        ConversationTopic.objects.create(conversation=conversation, topic=topic, labelled_at=clock.now())
        _labelled(scope, conversation, topic, "conversation.topic_added")


@transaction.atomic
def remove_label(scope: Scope, conversation: Conversation, topic: Topic) -> None:
    """The conversation is not about the topic."""
    _check(scope, conversation, topic)
    if ConversationTopic.objects.filter(conversation=conversation, topic=topic).delete()[0]:
        _labelled(scope, conversation, topic, "conversation.topic_removed")


def _check(scope: Scope, conversation: Conversation, topic: Topic) -> None:
    scope.check(conversation.unit_id, REPLY_ROLES)
    if topic.unit_id != conversation.unit_id:
        raise NotPossible("topic_other_unit")


def _labelled(scope: Scope, conversation: Conversation, topic: Topic, action: str) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(changed_at=clock.now())
    facts = {"topic": topic.public_id}
    audit.record(conversation.unit_id, action, actor_key=scope.officer_id, subject=conversation.public_id, facts=facts)
