"""Template tags: figures and moments as people read them."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

AT = dt.datetime(2026, 3, 3, 21, 59, 59, tzinfo=dt.UTC)
HEAD = "{% load ui %}{% load moments %}{% load figures %}"


def render(source, **context):
    return Template(HEAD + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ value|whole }}", 1234567, "1,234,567"),
        ("{{ value|whole }}", None, "–"),  # noqa: RUF001
        ("{{ value|money }}", Decimal(1250000), "$1,250,000.00"),
        ("{{ value|money }}", Decimal("-3.5"), "-$3.50"),
        ("{{ value|ratio }}", Fraction(3, 2), "1.50"),
        ("{{ value|ratio:1 }}", Fraction(149, 100), "1.5"),
        ("{{ value|times }}", Fraction(31, 10), "3.1 times the national share of jobs"),
        ("{{ value|percent }}", Fraction(1, 8), "12.5%"),
        ("{{ value|range_of }}", SimpleNamespace(low=1.2, high=1.3), "1.20 to 1.30"),
        ("{{ value|range_of }}", SimpleNamespace(low=1.201, high=1.199), "1.20"),
        ("{{ value|trimmed }}", "1.4000", "1.4"),
        ("{{ value|trimmed }}", "23305", "23,305"),
        ("{{ value|trimmed }}", "0.0000", "0"),
        ("{{ value|trimmed }}", "", "–"),  # noqa: RUF001
        ("{{ value|counted:'firm' }}", 1, "1 firm"),
        ("{{ value|counted:'agency,agencies' }}", 2, "2 agencies"),
    ],
)
def test_figures_read_well(source, value, expected):
    assert render(source, value=value) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/New_York", "4:59 p.m. Eastern, Tuesday, March 3, 2026"),
        ("America/Los_Angeles", "1:59 p.m. Pacific, Tuesday, March 3, 2026"),
        ("UTC", "9:59 p.m. UTC, Tuesday, March 3, 2026"),
    ],
)
def test_moment_names_the_zone_of_its_reader(zone, expected):
    with timezone.override(ZoneInfo(zone)):
        assert f">{expected}</time>" in render("{{ at|moment }}", at=AT)


def test_deadline_of_a_day_is_its_last_minute():
    midnight = dt.datetime(2026, 3, 4, 5, 0, tzinfo=dt.UTC)
    with timezone.override(ZoneInfo("America/New_York")):
        assert "11:59 p.m. Eastern, Tuesday, March 3, 2026" in render(
            "{{ at|deadline }}", at=midnight
        )
        assert "4:59 p.m. Eastern" in render("{{ at|deadline }}", at=AT)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(1, "in 60 minutes"), (30, "in 30 hours"), (72, "in 3 days"), (-72, "3 days ago")],
)
def test_until_says_how_far(hours, expected):
    assert render("{{ at|until:now }}", at=AT + dt.timedelta(hours=hours), now=AT) == expected


def test_sort_address_keeps_filters_and_forgets_the_page():
    request = RequestFactory().get("/register/", {"cluster": "TC05", "page": "3", "sort": "name"})
    address = render("{% sort_address '-jobs' %}", request=request)
    assert address == "?cluster=TC05&amp;sort=-jobs"


def test_icon_without_label_is_silent():
    assert 'aria-hidden="true"' in render('{% icon "close" %}')
