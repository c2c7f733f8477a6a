"""`python -m drills.seed COUNT`: people with open sessions, a roster, applications to submit."""

from __future__ import annotations

import json
import sys

import django


def main(count: int) -> dict[str, object]:
    """Make them through the acts that people use; return what the clients need to know."""
    from mapping.models import County  # noqa: PLC0415 - after Django's set-up
    from tests.db.certification.cases import Office, group_of  # noqa: PLC0415 - the same
    from tests.factories.accounts import make_agency, make_user  # noqa: PLC0415 - the same
    from tests.factories.applications import certified  # noqa: PLC0415 - the same

    people = {
        "group_administrator": make_user("Ada Administrator", "ada@drill.example"),
        "authorized_representative": make_user("Rob Representative", "rob@drill.example"),
    }
    place = Office(make_agency("Drill Office", slug="drill-office"), people)
    counties = list(County.objects.order_by("fips")[: count + 1])
    groups = [
        group_of(place, name=f"Drill Group {number}", fips=county.fips)
        for number, county in enumerate(counties)
    ]
    return {
        "roster": groups[0].reference,
        "group_case": groups[0].case_id,
        "county": str(counties[0].name),
        "administrator": cookie_of(people["group_administrator"]),
        "representative": cookie_of(people["authorized_representative"]),
        "applications": [certified(group).reference for group in groups[1:]],
    }


def cookie_of(user: object) -> str:
    """Sign somebody in and return the session's cookie."""
    from django.conf import settings  # noqa: PLC0415 - after Django's set-up
    from django.test import Client  # noqa: PLC0415 - the same

    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))
