"""How long a case is kept, as a table."""

from datetime import date

import pytest

from trail.rules.retention import (
    RULES,
    RetentionClass,
    RetentionRule,
    Standing,
    disposal_refusal,
    kept_until,
    rule_for,
)

C = RetentionClass
TABLE = """
class                 ended       kept until
successful-10-years   2026-03-02  2036-03-02
unsuccessful-3-years  2026-03-02  2029-03-02
unsuccessful-3-years  2024-02-29  2027-03-01
working-papers        2026-03-02  2027-03-02
permanent             2026-03-02  never
successful-10-years   goes on     never
"""
ROWS = [line.split(maxsplit=1) for line in TABLE.strip().splitlines()[1:]]


def day(text):
    return None if text in {"never", "goes on"} else date.fromisoformat(text)


@pytest.mark.parametrize(("retention", "days"), ROWS)
def test_table(retention, days):
    ended, until = days.rsplit(maxsplit=1)
    standing = Standing(C(retention), day(ended.strip()))
    assert kept_until(standing) == day(until)


ENDED = Standing(C.UNSUCCESSFUL, date(2026, 3, 2))


@pytest.mark.parametrize(
    ("standing", "is_held", "today", "code"),
    [
        (ENDED, False, date(2029, 3, 2), "still_kept"),
        (ENDED, False, date(2029, 3, 3), None),
        (ENDED, True, date(2029, 3, 3), "on_hold"),
        (Standing(C.UNSUCCESSFUL, None), False, date(2099, 1, 1), "case_goes_on"),
        (Standing(C.PERMANENT, date(2000, 1, 1)), False, date(2099, 1, 1), "kept_for_good"),
    ],
)
def test_what_may_be_disposed_of(standing, is_held, today, code):
    refusal = disposal_refusal(standing, is_held=is_held, today=today)
    assert (refusal.code if refusal else None) == code


def test_an_old_case_is_judged_by_the_rule_in_force_when_it_ended():
    newer = RetentionRule(C.UNSUCCESSFUL, 5, date(2028, 1, 1), "Five years", "A later rule")
    rules = (*RULES, newer)
    assert rule_for(ENDED, rules).years == 3
    assert rule_for(Standing(C.UNSUCCESSFUL, date(2028, 1, 1)), rules).years == 5


def test_every_class_has_a_rule_with_a_citation():
    assert {rule.retention for rule in RULES} == set(RetentionClass)
    assert all(rule.citation and rule.words for rule in RULES)
