"""Forms read back as papers; what the papers are read with stands in the room of paper."""

from binhyen.printing.tests.papers import codes_of, facts_of, fonts_of, pages_of, text_of, tops_of
from binhyen.procedures.catalogue import FormTemplate
from binhyen.procedures.queries import catalogue

__all__ = ["ADDRESS", "codes_of", "facts_of", "fonts_of", "form", "pages_of", "text_of", "tops_of"]

ADDRESS = "https://binhyen.example.vn/thach-ha/thu-tuc/dang-ky-thuong-tru/"


def form(code: str) -> FormTemplate:
    found = catalogue().form(code)
    assert found is not None
    return found
