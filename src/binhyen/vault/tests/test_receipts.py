"""Receipt codes: random, checked before any look-up, kept as a slow hash only."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import nacl.pwhash
import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.core.errors import NotPossible
from binhyen.vault import receipts
from binhyen.vault.keyring import create_keyring

numbers = st.integers(0, 10**16 - 1).map(lambda n: f"{n:016d}")


@given(numbers, st.integers(0, 17), st.integers(1, 9))
def test_any_one_wrong_digit_is_found(digits: str, position: int, step: int) -> None:
    code = digits + receipts.check_digits(digits)
    wrong = code[:position] + str((int(code[position]) + step) % 10) + code[position + 1 :]
    with pytest.raises(NotPossible) as error:
        receipts.check_code(wrong)
    assert error.value.code == "receipt_wrong"


@given(numbers)
def test_a_code_may_be_typed_with_spaces_dots_or_dashes(digits: str) -> None:
    code = digits + receipts.check_digits(digits)
    assert receipts.check_code(receipts.grouped(code)) == code
    assert receipts.check_code("-".join([code[:9], code[9:]]) + " ") == code
    assert receipts.check_code(code.translate({48 + n: 0xFF10 + n for n in range(10)})) == code


@pytest.mark.parametrize("typed", ["", "123", "abc", "1" * 19, "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨", "12345678901234567O"])
def test_something_else_than_a_code_is_told_by_its_length(typed: str) -> None:
    with pytest.raises(NotPossible) as error:
        receipts.check_code(typed)
    assert error.value.code == "receipt_length"


def test_codes_carry_at_least_53_random_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(most: int) -> int:
        asked.append(most)
        return 7

    monkeypatch.setattr("secrets.randbelow", counted)
    receipts.new_code()
    assert min(asked) >= 2**53


def test_one_token_gives_one_code() -> None:
    create_keyring()
    assert receipts.new_code("a" * 32) == receipts.new_code("a" * 32)
    assert receipts.new_code("a" * 32) != receipts.new_code("b" * 32)


def test_the_hash_holds_no_digit_run_of_the_code() -> None:
    create_keyring()
    code = receipts.new_code()
    digest = receipts.hashed(code)
    assert code[:6] not in digest
    assert digest == receipts.hashed(code)


def test_slow_hashes_leave_a_core_to_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    create_keyring()
    slow, lock = nacl.pwhash.argon2id.kdf, threading.Lock()
    running: set[str] = set()
    together: list[int] = []

    def watched(*arguments: Any, **settings: Any) -> bytes:
        with lock:
            running.add(threading.current_thread().name)
            together.append(len(running))
        key: bytes = slow(*arguments, **settings)
        with lock:
            running.discard(threading.current_thread().name)
        return key

    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", watched)
    codes = [receipts.new_code() for _ in range(8)]
    with ThreadPoolExecutor(len(codes)) as pages:
        assert len(set(pages.map(receipts.hashed, codes))) == len(codes)
    assert len(together) == len(codes)
    assert max(together) <= (1 if (os.cpu_count() or 1) <= 2 else 2)
