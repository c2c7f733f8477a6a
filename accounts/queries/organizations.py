"""Organizations and the families they form."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.models import Organization
from accounts.rules.identifiers import uei_as_kept
from accounts.rules.organizations import head_of


def family_links() -> dict[int, int]:
    """Return the parent of every organization that has one."""
    rows = Organization.objects.filter(parent__isnull=False)
    return {child: parent for child, parent in rows.values_list("pk", "parent_id") if parent}


def family_heads(ueis: Collection[str]) -> dict[str, str]:
    """Return the name of the family's head by UEI, for organizations that have a parent."""
    known = Organization.objects.filter(uei__in=[uei for uei in ueis if uei])
    rows = dict(known.values_list("uei", "pk"))
    links = family_links() if rows else {}
    heads = {uei: head_of(pk, links) for uei, pk in rows.items() if pk in links}
    names = dict(Organization.objects.filter(pk__in=heads.values()).values_list("pk", "legal_name"))
    return {uei: names[head] for uei, head in heads.items()}


def find_exactly(text: str) -> Organization | None:
    """Return the organization with this reference or UEI; nothing else leads to one."""
    asked = uei_as_kept(text)
    if not asked:
        return None
    rows = Organization.objects.select_related("case", "superseded_by__case")
    found = rows.filter(Q(case__reference=asked) | Q(uei=asked))
    return found.order_by("superseded_at").first()


def subsidiaries_of(organization: Organization) -> QuerySet[Organization]:
    """Return the organizations that name this one as their parent."""
    return organization.subsidiaries.select_related("case").order_by("name_key")
