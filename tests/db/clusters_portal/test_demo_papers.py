"""The sample world's documents pass the same checks as anybody's."""

from datetime import timedelta

from clusters_portal.demo.group_scenes import Story
from clusters_portal.demo.names import NameBook
from clusters_portal.demo.papers import attach_papers, page_of_text
from records.inspection.contents import inspect
from records.models import DocumentVersion
from tests.factories.certification_groups import make_group
from tests.factories.documents import work
from tests.worlds import agency, person
from trail.queries.clock import database_now


def test_sample_documents_are_attached_and_released():
    gina = person("Gina Administrator")
    group = make_group(gina, agency(), name="Lake (Erie) Glass")
    story = Story(NameBook(seed=1), database_now() - timedelta(days=1), gina, gina)
    attach_papers(story, group)
    work()
    found = DocumentVersion.objects.filter(document__case=group.case)
    assert sorted(found.values_list("original_name", "state")) == [
        ("budget.csv", "clean"),
        ("bylaws.pdf", "clean"),
    ]


def test_a_page_of_text_is_one_whole_page():
    page = page_of_text("Bylaws (sample)", ("One \\ line",))
    assert inspect(page, name="a.pdf", declared="").page_count == 1
