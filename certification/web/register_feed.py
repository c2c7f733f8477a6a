"""The register as an Atom feed: the rows of the page, with the moment of each version."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from accounts.actors import arrival_of
from accounts.gates import public
from certification.forms.register import RegisterFilterForm
from certification.queries.register import register, today
from certification.rules.register import entry_from

MOST = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class RegisterFeed(Atom1Feed):
    """A feed whose time depends on its entries only."""

    def latest_post_date(self) -> datetime:
        """Return when the newest entry was released; the epoch where there is none."""
        latest: datetime = super().latest_post_date() if self.items else EPOCH
        return latest


@public
def register_feed(request: HttpRequest) -> HttpResponse:
    """Return the filtered register as a feed, in the order of the page."""
    at = arrival_of(request)
    asked = RegisterFilterForm(request.GET, today=today(at)).asked(at)
    address = settings.PORTAL_ADDRESS + request.get_full_path()
    feed = RegisterFeed(
        title="Register of Designated Clusters",
        link=settings.PORTAL_ADDRESS + reverse("certification:register"),
        description="Designations as they are released, corrections included.",
        feed_url=address,
        feed_guid=address,
        language="en-us",
    )
    for row in register(asked)[:MOST]:
        entry = entry_from(row.snapshot)
        page = reverse("certification:register_entry", args=[entry.reference])
        version = reverse("certification:register_version", args=[entry.reference, row.version])
        feed.add_item(
            title=f"{entry.group}: {entry.cluster} in {entry.region}",
            link=settings.PORTAL_ADDRESS + page,
            description=row.why or f"Designated by {entry.agency}.",
            unique_id=settings.PORTAL_ADDRESS + version,
            pubdate=row.public_from,
            updateddate=row.public_from,
            author_name=entry.agency,
        )
    text = feed.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
