"""Papers: what people wrote is printed letter for letter, the file is tagged, and nothing leaks."""

import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest
from django.test import override_settings
from pyhanko.pdf_utils.reader import PdfFileReader

from kit.refusals import Refused
from records.rules.papers import Paper, blocks_of, facts, heading, paragraph, table, written
from records.typesetting import sheet, typeset

AT = datetime(2026, 3, 3, 15, tzinfo=UTC)


def letter(text, **more):
    data = {"letterhead": ["The portal"], "addressee": ["Ana"], "date": "March 3, 2026"}
    blocks = [*blocks_of(text), heading("Facts"), facts([("Receipt", "R-1")])]
    return Paper("letter", "A letter", "An office", AT, {**data, "footer": "f", "blocks": blocks})


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    '#import "frame.typ": framed',
    "$ sum_(k=0)^n k $ and $x$",
    "@reference and <label> and @@",
    "*bold* _emph_ `raw` // comment",
    "<script>alert(1)</script> &amp;",
    '#eval("1+1") #{panic()} #sys.inputs',
    "\\ # [ ] { } ~ -- --- ... = heading",
    "= Not a heading",
    "+ not an enumeration / term: list",
    "https://example.org/#fragment",
    "\"quotes\" and 'quotes'",
]


def test_what_people_write_is_printed_letter_for_letter():
    """One paper for all of them: a child per line would only be slower."""
    text = text_of(typeset(letter("\n\n".join(HOSTILE))))
    for line in HOSTILE:
        assert " ".join(line.split()) in text
    assert "root:" not in text


def test_the_planted_fault_evaluated_markup_would_be_seen(tmp_path):
    """A template that evaluates its data prints the sum and not the words."""
    import typst  # noqa: PLC0415

    source = tmp_path / "bad.typ"
    source.write_text('#let d = json(bytes(sys.inputs.data))\n#eval(d.text, mode: "markup")\n')
    made = typst.compile(str(source), sys_inputs={"data": json.dumps({"text": "#(1+1) sums"})})
    assert "#(1+1)" not in text_of(made)


def test_no_template_evaluates_reads_or_imports_from_elsewhere():
    for path in (sheet.FOLDER / "papers").glob("*.typ"):
        text = path.read_text()
        assert not re.search(r"\beval\(|\bread\(|@preview|@local|plugin\(", text), path.name
        assert set(re.findall(r'#import "([^"]+)"', text)) <= {"frame.typ"}


def test_a_paper_is_tagged_and_says_its_language_and_title():
    root = PdfFileReader(io.BytesIO(typeset(letter("Dear Ana,\n\nPlease:\n- read\n- sign")))).root
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    meta = root["/Metadata"].data.decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in meta
    assert "<pdfaid:part>2</pdfaid:part>" in meta
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in meta
    assert "A letter" in meta


def test_a_table_is_tagged_with_its_head_and_prints_text_only():
    """Whoever listens to a paper hears which column a figure stands in."""
    rows = [("10a", "#panic() $x$ *not bold*", "$1,000.00"), ("10b", "Second", "")]
    sheet_of = [table("Federal cash", ("Line", "Words", "Amount"), rows)]
    paper = replace(letter("x"), data={**letter("x").data, "blocks": sheet_of})
    made = typeset(paper)
    for words in ("Federal cash", "#panic() $x$ *not bold*", "$1,000.00"):
        assert words in text_of(made)
    kinds = set(tags_of(PdfFileReader(io.BytesIO(made)).root["/StructTreeRoot"]))
    assert {"/Table", "/TH", "/TD", "/Caption"} <= kinds


def tags_of(node):
    """The kinds of every element of a tagged file."""
    found = [str(node["/S"])] if "/S" in node else []
    inner = node.get("/K", [])
    for one in inner if isinstance(inner, list) else [inner]:
        whole = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(whole, dict):
            found += tags_of(whole)
    return found


def test_a_paper_refers_to_nothing_outside():
    pdf = typeset(letter("See https://example.org/ and file:///etc/passwd"))
    for mark in (b"/URI", b"/Launch", b"/GoToR", b"/JavaScript", b"/EmbeddedFile", b"/OpenAction"):
        assert mark not in pdf


def test_the_same_paper_is_the_same_bytes():
    assert typeset(letter("Dear Ana,")) == typeset(letter("Dear Ana,"))


def test_other_scripts_are_shown_or_named_by_their_number():
    text = text_of(typeset(letter("Ελληνικά Кириллица naïve 北京 \u202eevil\u0000 \U0001f600")))
    assert "Ελληνικά Кириллица naïve [U+5317][U+4EAC] evil [U+1F600]" in text


def test_a_long_letter_has_numbered_pages():
    pdf = typeset(letter("\n\n".join(f"Paragraph {n}. " + "Words. " * 60 for n in range(60))))
    assert len(pypdfium2.PdfDocument(pdf)) > 5
    assert "Page 2 of" in text_of(pdf)


def test_a_child_that_fails_or_takes_too_long_is_a_plain_refusal(monkeypatch):
    with pytest.raises(Refused) as refused:
        typeset(Paper("no_such_template", "T", "A", AT))
    assert refused.value.refusal.code == "paper_not_made"
    monkeypatch.setattr(sheet, "SECONDS", 0.001)
    with pytest.raises(Refused):
        typeset(letter("Dear Ana,"))


def test_a_template_name_cannot_leave_the_folder():
    with pytest.raises(Refused):
        typeset(Paper("../../../../etc/passwd", "T", "A", AT))


def test_the_child_cannot_write_files_or_take_all_memory(tmp_path):
    probe = tmp_path / "probe.py"
    probe.write_text(
        "import sys, signal\n"
        f"sys.path.insert(0, {str(sheet.FOLDER)!r})\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "import child\n"
        "child.limit()\n"
        "try:\n    bytearray(3_000_000_000); print('memory')\n"
        "except MemoryError: pass\n"
        f"try:\n    open({str(tmp_path / 'out')!r}, 'w').write('x'); print('file')\n"
        "except OSError: pass\n"
        "print('held')\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", str(probe)], capture_output=True, check=False, text=True
    )
    assert done.stdout.split()[-1:] == ["held"]
    assert "memory" not in done.stdout


def test_a_letter_becomes_blocks():
    blocks = blocks_of("Dear Ana,\n\nPlease:\n- read it\n  twice\n- sign\n\nThe office\nA street")
    assert [block["is"] for block in blocks] == ["paragraph", "paragraph", "list", "paragraph"]
    assert blocks[2]["items"] == ["read it\ntwice", "sign"]
    assert blocks[3] == paragraph("The office\nA street")


def test_written_keeps_what_the_fonts_have():
    covered = sheet.covered()
    assert written("Ångström “quoted” €5", covered) == "Ångström “quoted” €5"
    assert written("a\u00adb\u200b\tc", covered) == "ab c"


@override_settings(SIGNING_KEYS_ON_DEMAND=False)
@pytest.mark.django_db
def test_without_a_key_the_portal_says_so():
    from records.signing.keys import signing_pair  # noqa: PLC0415

    with pytest.raises(Refused) as refused:
        signing_pair()
    assert refused.value.refusal.code == "no_signing_key"
