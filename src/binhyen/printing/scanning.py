"""Read our own QR codes back before a paper leaves the house (G45)."""

import io
from collections.abc import Iterable

from binhyen.printing.papers import PACKAGE, Order, Target, for_one, qr_text, template_data, template_of
from binhyen.printing.typesetting import first_page_png, qr_png

READ_AT_DPI = 110
_DOTS = 3


class CodeUnreadable(RuntimeError):
    """A printed code does not read back as the address it was made for."""


def codes_in(png: bytes) -> set[str]:
    """Texts of the QR codes in a picture."""
    import zxingcpp
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        found = zxingcpp.read_barcodes(
            picture.convert("L"), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
    return {code.text for code in found}


def check_codes(targets: Iterable[Target]) -> None:
    """Every target's code by itself. Raises CodeUnreadable."""
    for target in targets:
        wanted = qr_text(target.address)
        if codes_in(qr_png(wanted, _DOTS)) != {wanted}:
            raise CodeUnreadable


def check_sheet(order: Order) -> None:
    """The first sheet as it will be printed, drawn and read like a phone would. Raises CodeUnreadable."""
    one = for_one(order)
    png = first_page_png(PACKAGE, template_of(order.paper), template_data(one, one.targets), READ_AT_DPI)
    if codes_in(png) != {qr_text(one.targets[0].address)}:
        raise CodeUnreadable
