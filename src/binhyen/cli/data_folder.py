"""The folder that holds everything of an installation, made on first use."""

import os
from pathlib import Path

from binhyen.core.errors import Misconfigured


def make_data_folder(folder: Path) -> None:
    """Make it, readable by its owner alone. Raises Misconfigured where nothing can be kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Misconfigured(
            f"The data folder {folder} cannot be made: {error.strerror}. Name another (BINHYEN_DATA_DIR)."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Misconfigured(f"The data folder {folder} cannot be written to. Make it yours, or name another.")
