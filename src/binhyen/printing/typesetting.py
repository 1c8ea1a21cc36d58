"""The typesetter: a template and plain data become a tagged PDF.

Data travels as one JSON string that the template decodes, so no answer is ever read as markup.
"""

import functools
import io
import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import segno
    import typst

LARGEST_FILE_BYTES = 5 * 1024 * 1024
"""What Zalo takes as a file (Zalo README: files of an official account)."""


def typeset(package: str, template: str, data: Mapping[str, Any]) -> bytes:
    """`templates/<template>.typ` of a package with `data` as a PDF/UA-1 file.

    Raises RuntimeError without the cause: the typesetter quotes the text it stumbled over.
    """
    import typst

    folder = _folder(package)
    try:
        pdf: bytes = typst.compile(
            folder / f"{template}.typ", root=folder, sys_inputs=_inputs(data), pdf_standards=["ua-1"], **_type()
        )
    except typst.TypstError:
        raise RuntimeError(f"template {template} could not be typeset") from None
    return pdf


def first_page_png(package: str, template: str, data: Mapping[str, Any], dots_per_inch: int = 96) -> bytes:
    """The first page as a picture: for a preview, and for reading a QR code back. Raises as `typeset`."""
    import typst

    folder = _folder(package)
    try:
        pages = typst.compile(
            folder / f"{template}.typ",
            root=folder,
            sys_inputs=_inputs(data),
            format="png",
            ppi=dots_per_inch,
            **_type(),
        )
    except typst.TypstError:
        raise RuntimeError(f"template {template} could not be typeset") from None
    first: bytes = pages[0] if isinstance(pages, list) else pages
    return first


def _folder(package: str) -> Path:
    return Path(str(resources.files(package) / "templates"))


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False)}


def _type() -> dict[str, Any]:
    return {"font_paths": _fonts(), "ignore_system_fonts": True}


@functools.cache
def _fonts() -> "typst.Fonts":
    """The serif that the typesetter brings and the sans of its package; never fonts of the machine."""
    import fontpkg_noto_sans
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[fontpkg_noto_sans.ROOT / "files"])


@functools.lru_cache(maxsize=2_048)
def _symbol(address: str) -> "segno.QRCode":
    """The code itself, remembered: it is read back first and printed afterwards."""
    import segno

    return segno.make_qr(address, error="q", boost_error=False)


def qr_svg(address: str) -> str:
    """QR code of the address as a picture of lines: level Q, quiet zone of four modules. Empty for none."""
    if not address:
        return ""
    out = io.BytesIO()
    _symbol(address).save(out, kind="svg", border=4, light="#fff")
    return out.getvalue().decode("ascii")


def qr_png(address: str, dots_per_module: int = 8) -> bytes:
    """The same code as a picture of dots, for files that offices edit."""
    out = io.BytesIO()
    _symbol(address).save(out, kind="png", border=4, scale=dots_per_module)
    return out.getvalue()
