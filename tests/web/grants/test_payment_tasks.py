"""What payments put on whose list."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.rules.roles import AgencyRoleKind
from clusters_portal.queries.payment_tasks import payment_tasks
from grants.queries.awards import awards_of_person
from grants.rules.payment_states import PaymentState, ReviewKind
from tests.factories.accounts import make_officer, make_user
from tests.factories.awards import make_award
from tests.factories.certification_groups import make_group, seat_representative
from tests.factories.payments import make_payment, review

R = AgencyRoleKind


def told(user, *roles):
    return [
        (one.what, one.is_mine)
        for one in payment_tasks(user, frozenset(roles), awards_of_person(user.pk))
    ]


def officer(award, role):
    return make_officer(award.agency, role), (award.agency_id, role)


def test_each_office_has_its_own_part_and_only_while_it_is_not_done():
    award = make_award()
    row = make_payment(award, PaymentState.SUBMITTED)
    programme, finance, certifier = (
        officer(award, role)
        for role in (R.PROGRAMME_OFFICER, R.FINANCE_OFFICER, R.CERTIFYING_OFFICER)
    )
    assert told(*programme) == [("Review the progress behind a payment", True)]
    assert told(*finance) == [("Review the money of a payment", True)]
    assert told(*certifier) == []
    review(row, ReviewKind.PROGRESS)
    assert told(*programme) == []
    make_payment(award, PaymentState.APPROVED)
    assert told(*certifier) == [("Certify a payment", True)]


def test_another_agency_hears_nothing():
    make_payment(make_award(), PaymentState.SUBMITTED)
    assert told(*officer(make_award(), R.FINANCE_OFFICER)) == []


def test_the_group_finishes_its_request():
    administrator, representative = make_user(), make_user()
    group = make_group(administrator)
    seat_representative(group, representative)
    make_payment(make_award(group=group))
    assert told(administrator) == [("Submit a request for payment", False)]
    assert told(representative) == [("Submit a request for payment", True)]
    assert told(make_user()) == []


def test_more_requests_ask_no_more_of_the_database():
    award = make_award()
    person, role = officer(award, R.PROGRAMME_OFFICER)
    counts = []
    for number in range(1, 4):
        make_payment(award, PaymentState.SUBMITTED)
        with CaptureQueriesContext(connection) as asked:
            assert len(payment_tasks(person, frozenset([role]), [])) == number
        counts.append(len(asked))
    assert counts[0] == counts[2]
