"""The table of size standards, for everybody: what is small in an industry."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.actors import arrival_of
from accounts.gates import public
from accounts.queries.size_standards import newest_row, size_table

PAGE_SIZE = 50


@public
@require_safe
def size_standards(request: HttpRequest) -> HttpResponse:
    """Show the rows in force today, or those whose code begins with what is asked."""
    on = arrival_of(request).date()
    asked = "".join(one for one in request.GET.get("naics", "")[:6] if one in "0123456789")
    page = Paginator(size_table(on, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [{"row": row, "standard": row.as_rule()} for row in page]
    context = {"asked": asked, "page": page, "rows": rows, "newest": newest_row(on)}
    return render(request, "accounts/size_standards.html", context)
