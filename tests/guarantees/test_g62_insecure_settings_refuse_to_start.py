"""G62: dependencies pinned by hash and listed; no start with a default secret, debug on, or insecure cookies."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "BINHYEN_MODE": "production",
    "BINHYEN_SECRET_KEY": "a-long-and-random-secret-" + "z" * 40,
    "BINHYEN_PUBLIC_URL": "https://binhyen.example.vn",
}
SHOW = (
    "from django.conf import settings as s; import json;"
    "print(json.dumps([s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
    " s.SESSION_COOKIE_HTTPONLY, s.SECURE_HSTS_SECONDS]))"
)


def start(tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("BINHYEN_", "DJANGO_"))}
    environment |= GOOD | {"BINHYEN_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "binhyen.settings"} | changes
    return subprocess.run([sys.executable, "-c", SHOW], env=environment, capture_output=True, text=True, check=False)


def test_good_settings_start_with_debug_off_and_secure_cookies(tmp_path: Path) -> None:
    assert json.loads(start(tmp_path).stdout) == [False, True, True, True, 31_536_000]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"BINHYEN_SECRET_KEY": ""}, "SECRET_KEY"),
        ({"BINHYEN_SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"BINHYEN_PUBLIC_URL": "http://binhyen.example.vn"}, "https://"),
        ({"BINHYEN_MODE": "debug"}, "BINHYEN_MODE"),
    ],
)
def test_each_bad_setting_refuses_to_start(tmp_path: Path, changes: dict[str, str], word: str) -> None:
    result = start(tmp_path, **changes)
    assert result.returncode != 0
    assert word in result.stderr


def test_debug_cannot_be_switched_on_from_outside(tmp_path: Path) -> None:
    assert json.loads(start(tmp_path, BINHYEN_DEBUG="1", DJANGO_DEBUG="1", DEBUG="1").stdout)[0] is False


@pytest.mark.parametrize("name", ["run.txt", "check.txt"])
def test_every_locked_package_is_pinned_by_hash(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    packages = [block for block in blocks if re.match(r"[A-Za-z0-9_.-]+==", block)]
    assert len(packages) > 30
    assert [block.splitlines()[0] for block in packages if "--hash=sha256:" not in block] == []


def test_the_lock_names_no_index_address() -> None:
    for name in ("run.txt", "check.txt"):
        assert "://" not in (ROOT / "requirements" / name).read_text(encoding="utf8")


@pytest.mark.slow
def test_the_list_of_parts_names_every_locked_package(tmp_path: Path) -> None:
    target = tmp_path / "parts.json"
    lock = ROOT / "requirements" / "run.txt"
    subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", "requirements", str(lock), "--output-file", str(target)],
        check=True,
        capture_output=True,
    )
    parts = {component["name"].casefold() for component in json.loads(target.read_text())["components"]}
    locked = {match.casefold() for match in re.findall(r"^([A-Za-z0-9_.-]+)==", lock.read_text(), flags=re.MULTILINE)}
    assert locked <= parts
