"""Passwords that somebody would try first, and a file of breached ones."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.queries.breached import is_breached
from accounts.rules.passwords import why_guessable

COMMON = {"password", "iloveyou", "letmein", "dragon"}
WORDS = ("Jo", "Reyes", "toledo-glass", "toledo", "glass", "clusters", "portal")

CASES = {
    "correct-horse-battery-9": None,
    "vier Kamele trinken Tee": None,
    "aaaaaaaaaaaaaaaa": "few_characters",
    "1212121212121212": "few_characters",
    "passwordpassword": "common_password",
    "Password1Password1": "common_password",
    "P@ssw0rd!!2026!!!": "common_password",
    "iloveyou1234567890": "common_password",
    "letmein letmein letmein": "common_password",
    "abcdefghijklmnop": "keyboard_row",
    "qwertyuiopasdfgh": "keyboard_row",
    "123456789012345": "keyboard_row",
    "poiuytrewqlkjhgf": None,
    "Reyes-Reyes-2026!": "own_words",
    "ToledoGlass-2026": "own_words",
    "clusters-portal-1": "own_words",
    "Reyes likes seven blue herons": None,
}


@pytest.mark.parametrize(("password", "code"), CASES.items())
def test_a_guessable_password(password, code):
    refusal = why_guessable(password, known_words=WORDS, common=COMMON)
    assert (refusal.code if refusal else None) == code


@given(st.text(max_size=40))
def test_every_text_gets_an_answer(password):
    why_guessable(password, known_words=WORDS, common=COMMON)


def listed(folder, passwords):
    lines = sorted(
        hashlib.sha1(one.encode(), usedforsecurity=False).hexdigest().upper() for one in passwords
    )
    file = folder / "breached.txt"
    file.write_text("".join(f"{line}:{number}\r\n" for number, line in enumerate(lines, 1)))
    return file


@pytest.mark.parametrize("count", [0, 1, 2, 3, 100])
def test_every_listed_password_is_found_and_no_other(tmp_path, count):
    passwords = [f"password number {number}" for number in range(count)]
    file = listed(tmp_path, passwords)
    assert all(is_breached(one, file) for one in passwords)
    assert not any(is_breached(f"another {number}", file) for number in range(50))
