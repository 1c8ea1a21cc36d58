"""G24: notices withhold two proof details; a hand-over needs a fitting claim, two officers, a signed record."""

import pytest

from binhyen.audit.models import AuditRow
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.lost_found import actions, claiming, handing_over
from binhyen.lost_found.models import ClaimState, Record
from binhyen.lost_found.tests.factories import PROOF, PUBLISHER, SECRETS, make_record
from binhyen.outreach.models import Post
from binhyen.outreach.queries import texts_of
from binhyen.portal.feeds import forget_feeds
from binhyen.units.scope import scope_of
from binhyen.workflows import lost_found
from binhyen.workflows.publishing import start_due_posts

pytestmark = pytest.mark.django_db(transaction=True)
AMOUNT = "1234567"
PHONE = "0912 345 678"


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def first(house):
    return scope_of(make_officer(house.unit, "hung"))


@pytest.fixture
def second(house):
    return scope_of(make_officer(house.unit, "may"))


@pytest.fixture
def record(first, second, house):
    record = make_record(first, house.unit)
    actions.submit(first, record, PUBLISHER)
    lost_found.publish(second, record, picture_seen=False)
    return record


def claim(house, record, fits):
    answers = [secret if fit else "không nhớ" for secret, fit in zip(SECRETS, fits, strict=True)]
    return claiming.claim(house.unit, record.public_id, answers, "Chủ Đồ", "0910 000 999")


@pytest.mark.parametrize("count", [0, 1])
def test_a_thing_without_two_hidden_details_is_not_published(first, house, count):
    record = make_record(first, house.unit, proof=PROOF[:count])
    with pytest.raises(NotPossible, match="lost_proof"):
        actions.submit(first, record, PUBLISHER)


@pytest.mark.parametrize(
    ("description", "code"),
    [
        ("phong bì có 5.000.000 đồng", "lost_amount"),
        ("ba xấp tiền, năm triệu", "lost_amount"),
        ("ví nâu có móc khóa con voi", "lost_answer"),
        ("vi nau CO MOC KHOA CON VOI!", "lost_answer"),
    ],
)
def test_a_notice_that_tells_the_amount_or_an_answer_is_not_published(first, house, description, code):
    record = make_record(first, house.unit, description=description)
    with pytest.raises(NotPossible, match=code):
        actions.submit(first, record, PUBLISHER)


def test_nothing_hidden_is_in_page_claim_form_post_feed_or_audit(client, house, record):
    Post.objects.update(send_at=clock.now())  # its five minutes are over
    base = f"/{house.unit.slug}/tim/"
    texts = [
        client.get(path).content.decode()
        for path in (base, f"{base}{record.public_id}/", f"{base}{record.public_id}/nhan/")
    ]
    start_due_posts()
    forget_feeds()
    board = f"/{house.unit.slug}/tin/"
    feeds = [client.get(f"{board}{path}") for path in (f"{record.post_key}/", "atom.xml", "rss.xml", "")]
    texts += [answer.content.decode() for answer in feeds if answer.status_code == 200]
    assert record.post_key in texts[-1], "the board shows it, and nothing hidden with it"
    texts += texts_of(Post.objects.get(public_id=record.post_key), "https://binhyen.example.vn").values()
    texts += [str(row.facts) + row.subject for row in AuditRow.objects.all()]
    hidden = [*SECRETS, AMOUNT, "1.234.567", PHONE, PHONE.replace(" ", ""), "Trần Thị Nhặt"]
    assert not [secret for secret in hidden for text in texts if secret in text]


def test_nothing_hidden_lies_open_in_the_table(record):
    row = Record.objects.values().get(pk=record.pk)
    stored = " ".join(str(value) for value in row.values())
    assert not [secret for secret in (*SECRETS, PHONE, "Trần Thị Nhặt") if secret in stored]


@pytest.mark.parametrize(
    ("fits", "state"), [((1, 0, 0), "refused"), ((0, 0, 0), "refused"), ((1, 1, 0), "invited"), ((1, 1, 1), "invited")]
)
def test_one_answer_of_three_invites_nobody(first, house, record, fits, state):
    made = claim(house, record, fits)
    claiming.judge(first, made, fits)
    assert made.state == state
    if state == ClaimState.REFUSED:
        with pytest.raises(NotPossible, match="hand_over_claim"):
            handing_over.prepare(first, record, "Chủ Đồ", "căn cước", papers_seen=True, claim=made)


def test_no_hand_over_without_record_signature_and_a_second_officer(first, second, house, record):
    made = claim(house, record, (1, 1, 0))
    claiming.judge(first, made, (True, True, False))
    for wanting, code in (({"papers_seen": False}, "hand_over_papers"), ({"claim": None}, "hand_over_claim")):
        with pytest.raises(NotPossible, match=code):
            handing_over.prepare(
                first, record, "Chủ Đồ", "căn cước", **({"papers_seen": True, "claim": made} | wanting)
            )
    with pytest.raises(NotPossible, match="hand_over_missing"):
        handing_over.complete(second, record, saw_person=True, record_signed=True)
    handing_over.prepare(first, record, "Chủ Đồ", "căn cước", papers_seen=True, claim=made)
    with pytest.raises(NotPossible, match="hand_over_record"):
        handing_over.complete(second, record, saw_person=True, record_signed=True)
    handing_over.note_printed(first, record)
    with pytest.raises(NotPossible, match="hand_over_record"):
        handing_over.complete(second, record, saw_person=True, record_signed=False)
    with pytest.raises(NotPossible, match="hand_over_same"):
        handing_over.complete(first, record, saw_person=True, record_signed=True)
    handing_over.complete(second, record, saw_person=True, record_signed=True)
