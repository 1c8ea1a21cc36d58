"""Small pictures for tests."""

import io

from PIL import Image


def jpeg(width: int = 40, height: int = 30) -> bytes:
    """A JPEG of one colour."""
    return _saved(Image.new("RGB", (width, height), "teal"), "JPEG")


def gif() -> bytes:
    """A GIF of one frame."""
    return _saved(Image.new("P", (12, 8)), "GIF")


def _saved(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()
