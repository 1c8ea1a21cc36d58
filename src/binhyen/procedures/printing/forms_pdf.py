"""A form as a printable PDF, empty or filled in."""

from collections.abc import Mapping
from dataclasses import asdict

from binhyen.printing.typesetting import qr_svg, typeset
from binhyen.procedures.catalogue import FormTemplate
from binhyen.procedures.printing.layout import layout, qr_address_shown


def form_pdf(form: FormTemplate, values: Mapping[str, object], address: str) -> bytes:
    """The form with `values` by field name (empty: to fill in by pen), as a tagged A4 PDF.

    `address` is the page of its procedure, on the paper as words and QR code; empty leaves both out.
    Raises InvalidValues.
    """
    data = asdict(layout(form, values)) | {"qr": qr_svg(address), "address": qr_address_shown(address)}
    return typeset("binhyen.procedures.printing", "form", data)
