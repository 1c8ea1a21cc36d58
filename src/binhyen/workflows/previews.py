"""The start of a message as the queue shows it: personal data redacted, words for what has none."""

import re

from binhyen.channels.connector import MediaItem, MediaKind
from binhyen.language.personal_data import hide_for_reading

PREVIEW_LENGTH = 160
_PREVIEW_LOOKS_AT = 400
_SPACES = re.compile(r"\s+")
_MEDIA_WORDS = {
    MediaKind.IMAGE: "Ảnh",
    MediaKind.GIF: "Ảnh động",
    MediaKind.AUDIO: "Ghi âm",
    MediaKind.VIDEO: "Video",
    MediaKind.FILE: "Tệp",
    MediaKind.STICKER: "Nhãn dán",
    MediaKind.LOCATION: "Vị trí",
    MediaKind.LINK: "Liên kết",
    MediaKind.CONTACT_CARD: "Danh thiếp",
}


def preview_of(text: str, items: tuple[MediaItem, ...] = ()) -> str:
    """Start of the message for the queue, personal data redacted; words for media without any."""
    if text:
        return hide_for_reading(_SPACES.sub(" ", text[:_PREVIEW_LOOKS_AT]))[:PREVIEW_LENGTH]
    return ", ".join(dict.fromkeys(_MEDIA_WORDS[item.kind] for item in items))[:PREVIEW_LENGTH]
