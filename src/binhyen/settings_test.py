"""Settings of the test suite: a data folder of its own, PostgreSQL when BINHYEN_DATABASE names one."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("BINHYEN_MODE", "test")


def _remove_at_the_end(folder: str, maker: int) -> None:
    """Passed or failed; a process forked off it removes nothing."""
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


if "BINHYEN_DATA_DIR" not in os.environ:  # whoever names a folder keeps what the tests wrote there
    os.environ["BINHYEN_DATA_DIR"] = tempfile.mkdtemp(prefix="binhyen-test-")
    atexit.register(_remove_at_the_end, os.environ["BINHYEN_DATA_DIR"], os.getpid())
if (_worker := os.environ.get("PYTEST_XDIST_WORKER", "")) and Path(os.environ["BINHYEN_DATA_DIR"]).name != _worker:
    # Test processes side by side have a folder each: what one writes is no trace of the other.
    os.environ["BINHYEN_DATA_DIR"] = os.path.join(os.environ["BINHYEN_DATA_DIR"], _worker)  # noqa: PTH118
    Path(os.environ["BINHYEN_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
os.environ.setdefault("BINHYEN_SECRET_KEY", "only-for-tests-" + "x" * 50)

from binhyen.core.configuration import configuration  # noqa: E402
from binhyen.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A strong hash only costs time in tests; the real one is asserted in its own guarantee test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files come straight from the packages, without collecting them first.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

# Tables are made from the models: a tenth of the time of the migrations, which every test of a whole installation runs.
_TEST = {"MIGRATE": False}
if DATABASES["default"]["ENGINE"].endswith("sqlite"):  # noqa: F405
    # A file in WAL as in an installation: a shared in-memory database locks whole tables between threads.
    DATABASES["default"]["TEST"] = {**_TEST, "NAME": str(configuration().data_dir / "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # noqa: F405
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA secure_delete=ON;PRAGMA temp_store=MEMORY"
    )
else:
    # Nobody is ever connected to template0, so that two test processes may copy it at once.
    DATABASES["default"]["TEST"] = {**_TEST, "TEMPLATE": "template0"}  # noqa: F405
