"""Packed files are unpacked within limits, and nothing foreign gets through."""

import gzip
import io
import zipfile

import openpyxl
import pytest

from mapping.rules.readers.source_file import FileRefused, open_source
from mapping.rules.readers.unpacking import Limits

SMALL = Limits(packed=10_000, unpacked=50_000, ratio=10, ratio_from=20_000, workbook=9_000)


def zipped(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def refusal(data, limits=SMALL, **more):
    with pytest.raises(FileRefused) as caught:
        open_source("cells.zip", data, limits, **more)
    return caught.value.refusal


def test_file_beyond_the_limit_is_refused_before_it_is_read():
    class Huge(io.RawIOBase):
        def seek(self, offset, whence=0):
            return 2 * 2**30 if whence == 2 else offset

        def read(self, size=-1):
            raise AssertionError(size)

    with pytest.raises(FileRefused, match="it has 2,147 MB; at most 1,000 MB are taken"):
        open_source("cbp21co.txt", Huge())


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped(cells=data)])
def test_bomb_stops_at_the_limit(pack):
    assert refusal(pack(b"0" * 400_000)).code == "too_large"
    assert "more than 10 times its size" in refusal(pack(b"0" * 30_000)).sentence


def test_peek_into_a_bomb_takes_its_beginning_only():
    bomb = gzip.compress(b"a,b\n" + b"0" * 10**7)
    assert open_source("bomb.gz", bomb, is_peek=True).header == ("a", "b")


@pytest.mark.parametrize("keep", [12, 30, 60])
def test_cut_gzip_is_refused(keep):
    packed = gzip.compress(bytes(range(48, 58)) * 5_000 + b"\n" + bytes(range(65, 90)) * 9)
    assert refusal(packed[: min(keep, len(packed) - 9)], Limits()).code == "truncated_file"


def test_cut_zip_and_zip_of_several_files_are_refused():
    assert refusal(zipped(a="x,y\n1,2\n")[:-30]).code == "truncated_file"
    assert "2 files where one is expected" in refusal(zipped(a="x\n", b="y\n")).sentence


def test_large_file_lies_on_disk_and_reads_the_same():
    text = b"a,b\n" + b"123456,7\n" * 1_200_000
    source = open_source("large.csv", text)
    assert source.head.startswith("a,b\n123456,7\n")
    assert b"".join(source.blocks()) == text[4:]


def workbook(rows, *, before=()):
    book = openpyxl.Workbook()
    if before:
        book.create_sheet("Cover", 0).append(list(before))
    for row in rows:
        book["Sheet"].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_workbook_is_the_csv_of_its_first_table():
    rows = [["A title"], [], ["FIPS", "County", "EA", "EA Name"], ["01001", "A, AL", "001", "B"]]
    source = open_source("areas.xlsx", workbook(rows, before=["EA", "EA Name"]))
    assert source.header == ("fips", "county", "ea", "ea name")
    assert list(source.rows()) == [["01001", "A, AL", "001", "B"]]


def test_whole_numbers_of_a_workbook_have_no_fraction():
    source = open_source("a.xlsx", workbook([["a", "b", "c"], [1.0, 2.5, None]]))
    assert list(source.rows()) == [["1", "2.5", ""]]


def test_workbook_without_a_table_or_damaged_is_refused():
    assert "no sheet" in refusal(workbook([["only"], ["words"]]), Limits()).sentence
    assert "damaged" in refusal(b"\xd0\xcf\x11\xe0" + b"\x00" * 900, Limits()).sentence
    assert "damaged" in refusal(zipped(xl__workbook="")[:0] or zipped(**{"xl/workbook.xml": "<"}),
                                Limits()).sentence  # fmt: skip


def test_workbook_that_unpacks_to_far_more_is_refused():
    bomb = zipped(**{"xl/workbook.xml": "<", "xl/sheet1.xml": b"0" * 200_000})
    assert "far more than a table needs" in refusal(bomb).sentence


def test_text_of_no_known_encoding_is_refused():
    with pytest.raises(FileRefused, match="not a text file"):
        _ = open_source("a.csv", b"a,b\n\x81\x8d\n").text


def test_header_may_be_asked_for_while_blocks_are_read():
    source = open_source("cells.csv", b"a,b\n" + b"1,2\n" * 100)
    found = []
    for block in source.blocks(size=30):
        assert source.header == ("a", "b")
        found.append(block)
    assert b"".join(found) == b"1,2\n" * 100
