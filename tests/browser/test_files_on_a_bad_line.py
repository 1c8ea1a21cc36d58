"""A phone on a bad line: the line breaks at nine tenths of a picture, nothing that arrived is sent twice."""

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, Route

from binhyen.cases import drafts
from binhyen.cases.models import Case, CaseFile, ReportDraft
from binhyen.cases.piece_rows import FilePiece
from binhyen.cases.pieces import PIECE_BYTES
from binhyen.portal.tests.report_pages import send_report
from binhyen.vault import files
from binhyen.vault.tests.samples import noisy_picture
from tests.browser.test_portal_pages import PHONE, browser, opened, press, unit, watched  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STORY = "Nhóm lạ mặt tụ tập đánh bạc ở lò gạch cũ"


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photos") / "anh.jpg"
    path.write_bytes(noisy_picture((1200, 1200)))
    return path


def on_the_page_of_files(page: Page) -> None:
    page.goto("/thach-ha/g/1/")
    page.locator("#topic-crime").check()
    press(page, "Tiếp tục")
    page.locator("textarea").fill(STORY)
    press(page, "Tiếp tục")
    press(page, "Tiếp tục")
    page.locator("#first").wait_for()


class Line:
    """Counts what goes over it, and breaks when told to."""

    def __init__(self, page: Page) -> None:
        self.sent_bytes, self.breaks_after = 0, 10**9
        page.route("**/g/manh/", self._piece)

    def _piece(self, route: Route) -> None:
        if self.sent_bytes >= self.breaks_after:
            route.abort("internetdisconnected")
            return
        size = len(route.request.post_data_buffer or b"")
        self.sent_bytes += size if size > 2_000 else 0
        route.continue_()


def test_a_line_that_breaks_at_nine_tenths_costs_a_piece_and_goes_on_by_itself(browser, live_server, photo):  # noqa: F811
    context = opened(browser, live_server, PHONE)
    page, _errors = watched(context)
    on_the_page_of_files(page)
    line = Line(page)
    page.set_input_files("#first", photo)
    size = page.evaluate("(field => field.redrawing.then(() => field.files[0].size))(document.querySelector('#first'))")
    line.breaks_after = size * 9 // 10 - PIECE_BYTES
    press_without_waiting(page)
    told = page.locator("[data-sending]")
    told.filter(has_text="Mất mạng").wait_for()
    arrived = FilePiece.objects.count()
    assert arrived * PIECE_BYTES >= size * 0.7
    line.breaks_after = 10**9
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_url("**/g/5/")
    assert CaseFile.objects.get().original.size_bytes == size
    assert line.sent_bytes < size + 2 * PIECE_BYTES, "what had arrived was not sent again"
    context.close()


def test_the_same_picture_chosen_again_after_the_page_was_closed_goes_on(browser, live_server, photo):  # noqa: F811
    context = opened(browser, live_server, PHONE)
    page, _errors = watched(context)
    on_the_page_of_files(page)
    line = Line(page)
    line.breaks_after = 2 * PIECE_BYTES
    page.set_input_files("#first", photo)
    press_without_waiting(page)
    page.locator("[data-sending]").filter(has_text="Mất mạng").wait_for()
    page.close()
    page = context.new_page()
    page.goto("/thach-ha/g/4/")
    assert "Còn 1 tệp chưa gửi xong" in page.inner_text("main")
    line = Line(page)
    page.set_input_files("#first", photo)
    press_without_waiting(page)
    page.wait_for_url("**/g/5/")
    size = CaseFile.objects.get().original.size_bytes
    assert line.sent_bytes < size - PIECE_BYTES
    context.close()


def test_a_refused_file_is_told_in_words_and_the_others_stay(browser, live_server, photo, tmp_path):  # noqa: F811
    program = tmp_path / "x.pdf"
    program.write_bytes(b"MZ" + b"\0" * 3_000)
    context = opened(browser, live_server, PHONE)
    page, errors = watched(context)
    on_the_page_of_files(page)
    hidden = Image.Exif()
    hidden[0x010F] = "Nokia"
    large = tmp_path / "lon.jpg"
    Image.open(photo).resize((2000, 1000)).save(large, exif=hidden)
    page.set_input_files("#first", [program, large])
    press_without_waiting(page)
    page.locator("[data-sending]").filter(has_text="Không đọc được tệp thứ 1").wait_for()
    press_without_waiting(page)
    page.wait_for_url("**/g/5/")
    assert CaseFile.objects.count() == 1
    plain = Image.open(BytesIO(sent_original()))
    assert max(plain.size) <= 1600, "the phone made it smaller"
    assert not plain.getexif(), "and without hidden data"
    assert all("422" in error for error in errors), errors
    context.close()


def test_a_line_that_breaks_while_a_picture_is_added_with_the_code_costs_a_piece(browser, live_server, photo):  # noqa: F811
    code = send_report(Client())
    context = opened(browser, live_server, PHONE)
    page, _errors = watched(context)
    page.goto("/thach-ha/x/")
    page.locator("#code").fill(code)
    press(page, "Xem")
    page.locator("#text").fill("Ảnh tối qua đây")
    line = Line(page)
    line.breaks_after = PIECE_BYTES
    page.set_input_files("#files", photo)
    page.locator("button[name=act][value=add]").click(no_wait_after=True)
    page.locator("[data-sending]").filter(has_text="Mất mạng").wait_for()
    assert not Case.objects.get().files.exists()
    line.breaks_after = 10**9
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("Đã nhận phần gửi thêm").wait_for()
    size = Case.objects.get().files.get().original.size_bytes
    assert line.sent_bytes < size + 2 * PIECE_BYTES
    context.close()


def test_the_report_on_one_page_survives_a_broken_line_and_an_old_form(browser, live_server, photo):  # noqa: F811
    context = opened(browser, live_server, PHONE)
    page, _errors = watched(context)
    page.goto("/thach-ha/g/nhanh/")
    page.locator("#topic").select_option("crime")
    page.locator("#text").fill(STORY)
    page.locator("#way-anonymous").check()
    line = Line(page)
    line.breaks_after = PIECE_BYTES
    page.set_input_files("#files", photo)
    page.locator("main form button.primary").click(no_wait_after=True)
    page.locator("[data-sending]").filter(has_text="Mất mạng").wait_for()
    line.breaks_after = 10**9
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.locator(".code").first.wait_for()
    assert Case.objects.get().files.count() == 1
    page.goto("/thach-ha/g/nhanh/")
    page.locator("#text").fill(STORY)
    page.evaluate("document.querySelector('[name=sheet]').value = 'old'")
    page.set_input_files("#files", photo)
    press(page, "Gửi thông tin")
    assert page.locator("[name=draft]").count(), "pieces are not taken any more, so the form went whole"
    assert CaseFile.objects.filter(case=None).count() == 1, "with its file"
    context.close()


def test_a_mark_in_the_name_of_a_picture_the_phone_makes_smaller_is_seen(browser, live_server, photo, tmp_path):  # noqa: F811
    marked = tmp_path / "KH-15_TOI-MAT.png"
    Image.open(photo).save(marked)
    context = opened(browser, live_server, PHONE)
    page, _errors = watched(context)
    on_the_page_of_files(page)
    page.set_input_files("#first", marked)
    press_without_waiting(page)
    page.locator("[data-sending]").filter(has_text="có dấu mật").wait_for()
    assert not CaseFile.objects.exists()
    assert not FilePiece.objects.exists()
    page.goto("/thach-ha/g/nhanh/")
    page.locator("#topic").select_option("crime")
    page.locator("#text").fill(STORY)
    page.locator("#way-anonymous").check()
    page.set_input_files("#files", marked)
    page.locator("main form button.primary").click(no_wait_after=True)
    page.locator("[data-sending]").filter(has_text="có dấu mật").wait_for()
    assert not Case.objects.exists()
    context.close()


def sent_original() -> bytes:
    return files.open(CaseFile.objects.get().original, drafts.key_of(ReportDraft.objects.get()))


def press_without_waiting(page: Page) -> None:
    page.locator("button[name=act][value=next]").click(no_wait_after=True)
