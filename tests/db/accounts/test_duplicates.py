"""Pairs that may be one organization: opened by what they share, decided by a stranger to both."""

import pytest

from accounts.actions.create_organization import OrganizationDetails, change_organization
from accounts.actions.review_duplicates import Verdict, decide_duplicate
from accounts.actors import actor_from_user
from accounts.models import DuplicateReview, Organization, OrganizationRole
from accounts.queries.duplicates import reviews
from kit.refusals import Refused
from tests.constraints import refused_by, refused_by_trigger
from tests.factories.accounts import make_organization, make_user
from trail.queries.clock import database_now
from trail.queries.timeline import timeline


def pair():
    make_organization(None, "Maumee Tools LLC")
    make_organization(None, "MAUMEE T00LS, Inc.")
    return DuplicateReview.objects.select_related("first", "second").get()


def decide(review, officer=None, key="verdict", **verdict):
    given = {"is_same": False, "reason": "Two plants, two owners.", **verdict}
    return decide_duplicate(
        actor=actor_from_user(officer or make_user()),
        at=database_now(),
        review=review,
        verdict=Verdict(**given),
        key=key,
    )


def refusal_of(*args, **options):
    with pytest.raises(Refused) as caught:
        decide(*args, **options)
    return caught.value.refusal.code


def test_names_that_read_alike_open_a_review():
    review = pair()
    assert review.grounds == ["name"]
    assert list(reviews()) == [review]


def test_different_names_open_none():
    make_organization(None, "Maumee Glass")
    make_organization(None, "Maumee Class")
    assert not DuplicateReview.objects.exists()


def test_a_shared_tax_number_found_later_adds_its_ground():
    review = pair()
    for row in (review.first, review.second):
        change_organization(
            actor=actor_from_user(row.roles.get().user),
            at=database_now(),
            organization=row,
            details=OrganizationDetails(row.legal_name, ein="341234567"),
            key=f"ein-{row.pk}",
        )
    review.refresh_from_db()
    assert review.grounds == ["ein", "name"]


def test_two_stay_two_and_are_not_asked_about_again():
    review = decide(pair())
    row = review.first
    change_organization(
        actor=actor_from_user(row.roles.get().user),
        at=database_now(),
        organization=row,
        details=OrganizationDetails(row.legal_name, naics="332710"),
        key="again",
    )
    assert not reviews().exists()
    assert DuplicateReview.objects.count() == 1


def test_one_supersedes_the_other_and_nothing_is_deleted():
    review = pair()
    kept, other = review.first, review.second
    decide(review, is_same=True, keeper=kept.pk, reason="One owner, one plant.")
    other.refresh_from_db()
    assert other.superseded_by == kept
    assert Organization.objects.count() == 2
    for row in (kept, other):
        entry = timeline(row.case)[0]
        assert entry.verb == "find_same"
        assert entry.facts["keeper"] == kept.case.reference


def test_members_of_the_merged_one_must_still_be_let_in():
    review = pair()
    both = make_user()
    for row in (review.first, review.second):
        OrganizationRole.objects.create(organization=row, user=both, since=database_now())
    decide(review, is_same=True, keeper=review.first.pk)
    stranger = review.second.roles.get(is_administrator=True).user
    assert not review.first.roles.filter(user=stranger).exists()
    assert [one.user for one in review.first.join_requests.all()] == [stranger]


def test_the_identifier_of_a_merged_organization_is_free_for_the_one_that_stays():
    review = pair()
    Organization.objects.filter(pk=review.second.pk).update(uei="JF4K9Q2M7XA1")
    decide(review, is_same=True, keeper=review.first.pk)
    Organization.objects.filter(pk=review.first.pk).update(uei="JF4K9Q2M7XA1")


def test_the_same_finding_sent_twice_is_one():
    review, officer = pair(), make_user()
    for _ in range(2):
        decide(review, officer)
    verbs = [moment.verb for moment in timeline(review.first.case)]
    assert verbs.count("find_different") == 1


def test_findings_that_cannot_stand_are_refused():
    review = pair()
    assert refusal_of(review, reason=" ") == "no_reason"
    assert refusal_of(review, is_same=True) == "no_keeper"
    assert refusal_of(review, is_same=True, keeper=make_organization().pk) == "no_keeper"
    assert refusal_of(review, review.second.roles.get().user) == "own_organization"
    decide(review)
    assert refusal_of(review, key="other") == "already_decided"


def test_a_merged_organization_opens_no_more_pairs():
    review = pair()
    decide(review, is_same=True, keeper=review.first.pk)
    make_organization(None, "Maumee Tools")
    assert [(one.first, one.state) for one in reviews()] == [(review.first, "open")]


def change(row, **values):
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def test_duplicate_review_limits():
    review = pair()
    with refused_by("duplicate_review_once"):
        DuplicateReview.objects.create(
            first=review.first, second=review.second, grounds=["name"], opened_at=database_now()
        )
    with refused_by("duplicate_review_of_two"):
        change(review, second=review.first)
    with refused_by("duplicate_review_has_ground"):
        change(review, grounds=[])
    with refused_by("duplicate_review_decided_with_reason"):
        change(review, state="same")
    decide(review)
    with refused_by_trigger():
        change(review, state="open")


def test_organization_superseded_by_another():
    row = make_organization()
    with refused_by("organization_superseded_by_another"):
        change(row, superseded_at=database_now())
    with refused_by("organization_superseded_by_another"):
        change(row, superseded_by=row, superseded_at=database_now())
