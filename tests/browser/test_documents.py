"""Documents in real windows: sent with progress, watched, looked at; wide, narrow, no scripts."""

import pytest

from records.models import Document
from tests.browser.test_groups import PHONE, enter, fits, photograph
from tests.factories.accounts import PASSWORD
from tests.factories.certification_groups import make_group
from tests.factories.documents import add, replace, sent, work
from tests.hostile.honest import CSV, HONEST, pdf
from tests.worlds import agency, person


@pytest.fixture
def gina():
    return person("Gina Administrator")


@pytest.fixture
def group(gina):
    return make_group(gina, agency(), name="Lake Erie Glass")


def as_upload(name, data, kind="application/pdf"):
    return {"name": name, "mimeType": kind, "buffer": data}


def test_files_are_sent_with_progress_and_their_check_appears(visitor, gina, group):
    one = enter(visitor, gina)
    one.go(f"/papers/{group.reference}/")
    photograph(one, "documents-empty")
    one.page.set_input_files(
        "input[type=file]",
        [as_upload("bylaws.pdf", pdf()), as_upload("members.csv", CSV, "text/csv")],
    )
    photograph(one, "documents-chosen")
    one.page.get_by_role("button", name="Send the files").click()
    received = one.page.locator("#upload-list li[data-state=good]")
    received.nth(1).wait_for()
    one.page.get_by_role("heading", name="Being checked now").wait_for()
    photograph(one, "documents-checking")
    assert Document.objects.count() == 2
    work()
    one.page.locator("#papers-table").get_by_text("Checked", exact=True).nth(1).wait_for()
    one.page.get_by_role("heading", name="Being checked now").wait_for(state="detached")
    photograph(one, "documents-checked")


def test_a_refused_file_says_why_beside_it(visitor, gina, group):
    one = enter(visitor, gina)
    one.go(f"/papers/{group.reference}/")
    one.page.set_input_files("input[type=file]", [as_upload("plan.exe.pdf", pdf())])
    one.page.get_by_role("button", name="Send the files").click()
    refused = one.page.locator("#upload-list li[data-state=bad]")
    refused.wait_for()
    assert "The file's name has two endings" in refused.inner_text()
    assert Document.objects.count() == 0


@pytest.mark.parametrize("width", [1280, PHONE])
def test_pages_of_documents_are_open_to_everybody(visitor, gina, group, width):
    paper = add(group.case, title="Bylaws of the group", is_confidential=True)
    add(group.case, sent(HONEST["formulas.csv"], "members.csv"), title="Members and jobs")
    add(group.case, sent(b"MZ" + b"\0" * 50, "budget.pdf"), title="Budget")
    work()
    replace(paper, sent(pdf(tail=b"\n"), "bylaws-signed.pdf"))
    work()
    add(group.case, sent(pdf(tail=b" "), "plan.pdf"), title="Formation plan")
    table = Document.objects.get(title="Members and jobs")
    budget = Document.objects.get(title="Budget")
    one = enter(visitor, gina, width)
    for name, address in (
        ("list", f"/papers/{group.reference}/"),
        ("paper", f"/documents/{paper.reference}/"),
        ("table", f"/documents/{table.reference}/"),
        ("refused", f"/documents/{budget.reference}/"),
        ("preview", f"/documents/{paper.reference}/2/pages/1/"),
        ("rows", f"/documents/{table.reference}/1/pages/1/"),
    ):
        one.go(address)
        photograph(one, f"documents-{name}-{width}")
        assert fits(one), name


def test_documents_can_be_sent_without_scripts(chromium, live_server, gina, group):
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(gina.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"/papers/{group.reference}/")
    page.set_input_files("input[type=file]", [as_upload("bylaws.pdf", pdf())])
    page.get_by_role("button", name="Send the files").click()
    page.get_by_text("Received. We check every file").wait_for()
    assert Document.objects.count() == 1
    context.close()
