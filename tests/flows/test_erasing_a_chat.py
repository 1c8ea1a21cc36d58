"""A resident has the whole chat erased by a word and a button; nothing goes before it was asked once more."""

from datetime import timedelta

import pytest

from binhyen.audit.holds import place_hold
from binhyen.cases.models import Case, CaseRoute
from binhyen.cases.tests.factories import make_station
from binhyen.channels.connector import Text
from binhyen.core import clock
from binhyen.core.database import overwrite_log
from binhyen.inbox.models import Contact, Conversation, ConversationState, Message
from binhyen.workflows.clear_words import make_due_cases
from binhyen.workflows.erasing import forget_farewells
from binhyen.workflows.intake import receive_now
from binhyen.workflows.texts import ERASE
from tests.guarantees.test_g01_identity_never_in_clear import assert_clean, everything_kept

pytestmark = pytest.mark.django_db
QUESTION = "Tên tôi là Hoàng Thị Mận, làm căn cước cần giấy gì"


@pytest.fixture
def station():
    return make_station()


def says(station, text: str, number: int, person: str = "zalo-1"):
    return receive_now(station.house.zalo, Text(person, f"m{number}", text, clock.now()))


def words_of(conversation: Conversation) -> str:
    return " ".join(conversation.messages.order_by("id").values_list("text", flat=True))


@pytest.mark.parametrize("word", ["xoá", "Xóa hết!", "xoa du lieu cua toi", "xóa tin nhắn"])
def test_the_word_alone_erases_nothing_and_asks(station, word):
    says(station, QUESTION, 1)
    conversation = says(station, word, 2)
    last = conversation.messages.order_by("-id").first()
    assert [button[2] for button in last.buttons] == [ERASE, "#khong-xoa"]
    assert "không lấy lại được" in last.text
    assert Message.objects.filter(text=QUESTION).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("yes", [ERASE, "Xóa hết dữ liệu của tôi", "1", "xóa hết"])
def test_confirmed_everything_is_gone_and_the_last_line_goes_too(station, yes):
    says(station, QUESTION, 1)
    says(station, "xóa", 2)
    conversation = says(station, yes, 3)
    assert words_of(conversation).startswith("Đã xóa hết")
    assert Message.objects.count() == 1
    overwrite_log()  # the worker does it every five seconds
    assert_clean(everything_kept(), "Hoàng Thị Mận")
    assert forget_farewells() == 0
    with clock.at(clock.now() + timedelta(hours=2)):
        assert forget_farewells() == 1
    assert not Contact.objects.exists()


def test_a_message_that_platform_repeats_does_not_bring_it_back(station):
    said_at = clock.now()
    says(station, QUESTION, 1)
    says(station, "xóa", 2)
    says(station, ERASE, 3)
    receive_now(station.house.zalo, Text("zalo-1", "m1", QUESTION, said_at - timedelta(seconds=1)))
    assert not Message.objects.filter(text=QUESTION).exists()


def test_who_writes_again_begins_anew_and_is_not_forgotten(station):
    says(station, "xóa", 1)
    says(station, ERASE, 2)
    with clock.at(clock.now() + timedelta(minutes=1)):
        says(station, QUESTION, 3)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert forget_farewells() == 0
    assert Message.objects.filter(text=QUESTION).exists()


@pytest.mark.parametrize("typed", [ERASE, "xóa hết dữ liệu của tôi", "1", "xóa hết"])
def test_nothing_goes_without_having_been_asked(station, typed):
    says(station, QUESTION, 1)
    says(station, typed, 2)
    assert Message.objects.filter(text=QUESTION).exists()


def test_a_number_typed_under_another_message_erases_nothing(station):
    says(station, QUESTION, 1)
    says(station, "xóa", 2)
    says(station, "gặp cán bộ", 3)
    says(station, "1", 4)
    assert Message.objects.filter(text=QUESTION).exists()


@pytest.mark.parametrize("no", ["Không xóa", "2"])
def test_no_means_no(station, no):
    says(station, QUESTION, 1)
    says(station, "xóa", 2)
    conversation = says(station, no, 3)
    assert "Chưa xóa gì" in words_of(conversation)
    assert Message.objects.filter(text=QUESTION).exists()


def test_what_the_law_keeps_stays_and_an_officer_sees_to_it(station):
    conversation = says(station, QUESTION, 1)
    place_hold(station.unit.pk, conversation.public_id, "Viện kiểm sát yêu cầu giữ lại", 1)
    says(station, "xóa", 2)
    conversation = says(station, ERASE, 3)
    assert Message.objects.filter(text=QUESTION).exists()
    assert "pháp luật buộc giữ" in words_of(conversation)
    assert conversation.state == ConversationState.WAITING


@pytest.mark.parametrize("is_worked", [False, True])
def test_sealed_words_without_a_code_go_along_unless_somebody_works_on_them(station, is_worked):
    says(station, "nhà ông Tám bán ma túy, tối nào cũng có người lạ ra vào", 1)
    make_due_cases()
    if is_worked:
        Case.objects.update(state="verifying")
    says(station, "xóa", 2)
    says(station, ERASE, 3)
    assert Case.objects.exclude(wrapped_key=b"").exists() is is_worked
    assert not CaseRoute.objects.exists()
