"""Which messages ask for a form itself, and the files that are made for them."""

import pytest

from binhyen.channels.zalo_oa.uploads import UploadKind, kind_of
from binhyen.core.text import fold
from binhyen.inbox.models import Attachment
from binhyen.procedures.queries import catalogue
from binhyen.workflows.commands import decide_command
from binhyen.workflows.decision import forget_unit_facts
from binhyen.workflows.form_answers import form_asked, form_buttons
from binhyen.workflows.form_files import form_file
from binhyen.workflows.tests.receiving import new_page
from binhyen.workflows.tests.test_answering import UNIT, thread


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mẫu CT01", "CT01"),
        ("mau ct01", "CT01"),
        ("Cho em xin tờ khai CT01 ạ", "CT01"),
        ("cho em xin tờ khai CT01", "CT01"),
        ("gửi mẫu đkx10", "ĐKX10"),
        ("mẫu TK01-HC", "TK01-HC"),
        ("TK01a-HC", "TK01a-HC"),
        ("đơn đề nghị cấp CMND", "DC02"),
        ("ban khai nhan khau", "CT01"),
        ("Đơn xác nhận chỗ ở hợp pháp ạ", "M02-ND154"),
        ("đơn đề nghị cấp CMND nộp ở đâu", ""),
        ("mẫu CT01 điền thế nào", ""),
        ("đăng ký tạm trú dùng mẫu CT01", ""),
        ("mẫu CT99", ""),
        ("biển số 29A ct01", ""),
        ("CT01" * 40, ""),
        ("", ""),
    ],
)
def test_asked_for_by_name(text: str, code: str):
    assert form_asked(fold(text)) == code


def test_words_first_then_the_file():
    decision = decide_command(UNIT, thread("mẫu CT01"))
    assert [reply.form for reply in decision.replies] == ["", "CT01"]
    assert decision.procedure == "dang-ky-thuong-tru"
    assert not decision.waits_for_officer
    assert decide_command(UNIT, thread("#mau:KHONG")) is None


def test_an_answer_offers_at_most_two_forms_that_exist():
    for procedure in catalogue().procedures:
        buttons = form_buttons(procedure)
        assert len(buttons) <= 2
        assert all(catalogue().form(button.value.removeprefix("#mau:")).fields for button in buttons)


@pytest.mark.django_db
def test_every_form_is_a_file_zalo_takes_and_the_same_each_time():
    forget_unit_facts()
    account = new_page()
    for code in ("CT01", "ĐKX10", "TO-GIAC"):
        promised = Attachment(unit_id=account.unit_id, url=f"made:form:{code}", name=f"{code}.pdf")
        file = form_file(promised)
        assert isinstance(kind_of(file), UploadKind)
        assert file.content.startswith(b"%PDF")
        assert file == form_file(promised)
