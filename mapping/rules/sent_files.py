"""Which files an officer may send to be loaded; what is in them is asked of the readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from kit.refusals import Refusal

MEGABYTE = 1_000_000
LARGEST = 50 * MEGABYTE  # together; the front server lets no more through
MOST_FILES = 10
LONGEST_NAME = 120
ENDINGS = (".csv", ".txt", ".gz", ".zip", ".xls", ".xlsx")
ALLOWED_WORDS = "CSV or text files, Excel workbooks, each also packed as .gz or .zip"


def plain_name(name: str) -> str:
    """Return the name without folders and characters that no file needs."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable()).strip()


def sending_refusals(files: Sequence[tuple[str, int]]) -> list[Refusal]:
    """Return everything that speaks against these names and sizes, each with the file's name."""
    found = [refusal for name, size in files for refusal in _of_one(name, size)]
    if len(files) > MOST_FILES:
        found.append(
            Refusal(
                "too_many_files", f"Send at most {MOST_FILES} files at a time, not {len(files)}."
            )
        )
    together = sum(size for _, size in files)
    if together > LARGEST:
        found.append(
            Refusal(
                "files_too_large",
                f"Together the files have {together / MEGABYTE:,.0f} MB; at most "
                f"{LARGEST // MEGABYTE} MB are taken. Pack them as .gz, or send fewer at a time.",
            )
        )
    found += [
        Refusal("name_twice", f"{name} was sent {count} times; every file needs its own name.")
        for name, count in Counter(plain_name(name) for name, _ in files).items()
        if count > 1
    ]
    return found


def _of_one(name: str, size: int) -> list[Refusal]:
    plain = plain_name(name)
    if not plain or len(plain) > LONGEST_NAME:
        return [Refusal("name_unfit", f"A file needs a name of at most {LONGEST_NAME} characters.")]
    if not plain.lower().endswith(ENDINGS):
        return [Refusal("ending_unknown", f"{plain} cannot be read. Send {ALLOWED_WORDS}.")]
    if size == 0:
        return [Refusal("file_empty", f"{plain} is empty.")]
    return []
