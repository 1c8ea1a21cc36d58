"""Papers read back with other people's tools: poppler and zbar."""

import re
import subprocess
import unicodedata
from pathlib import Path


def text_of(pdf: bytes) -> str:
    """Every word of the PDF, spaces and line ends as one space, places to break a line taken out."""
    text = _run(["pdftotext", "-layout", "-", "-"], pdf).decode()
    return " ".join(text.replace("\u200b", "").split())


def facts_of(pdf: bytes) -> dict[str, str]:
    """What pdfinfo says, name -> value."""
    lines = _run(["pdfinfo", "-"], pdf).decode().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def pages_of(pdf: bytes) -> int:
    """Number of pages."""
    return int(facts_of(pdf)["Pages"])


def fonts_of(pdf: bytes) -> dict[str, str]:
    """Family -> whether it is embedded, "yes" or "no"."""
    rows = _run(["pdffonts", "-"], pdf).decode().splitlines()[2:]
    return {re.sub(r"^[A-Z]{6}\+|-.*", "", row.split()[0]): row.split()[-5] for row in rows}


def codes_of(pdf: bytes, folder: Path, page: int = 1) -> str:
    """What a phone reads from the page, drawn at 150 dots per inch."""
    picture = folder / "page"
    arguments = ["-r", "150", "-png", "-singlefile", "-f", str(page), "-", str(picture)]
    _run(["pdftoppm", *arguments], pdf)
    return _run(["zbarimg", "-q", "--raw", f"{picture}.png"], b"").decode().strip()


def _run(command: list[str], given: bytes) -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True, timeout=60).stdout


def tops_of(pdf: bytes) -> dict[str, float]:
    """Where each word of the first page stands for the first time: points from the upper edge."""
    read = _run(["pdftotext", "-bbox", "-l", "1", "-", "-"], pdf)
    found: dict[str, float] = {}
    for top, word in re.findall(r'yMin="([\d.]+)"[^>]*>([^<]+)</word>', read.decode()):
        found.setdefault(unicodedata.normalize("NFC", word), float(top))
    return found


def overlaps_of(pdf: bytes) -> list[tuple[str, str]]:
    """Pairs of words of the first page that lie on each other; a line's box is taken without its empty quarter above
    and below, which lines may share.
    """
    read = _run(["pdftotext", "-bbox", "-l", "1", "-", "-"], pdf).decode()
    pattern = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)</word>'
    words = []
    for match in re.finditer(pattern, read):
        left, top, right, bottom = map(float, match.groups()[:4])
        quarter = (bottom - top) / 4
        words.append((left, top + quarter, right, bottom - quarter, match[5]))
    return [
        (one[4], other[4])
        for number, one in enumerate(words)
        for other in words[number + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
