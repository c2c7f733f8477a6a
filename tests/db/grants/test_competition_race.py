"""Two at once: sweepers that open, officers that amend; and the key of an amendment fits once."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actors import actor_from_user
from accounts.rules.roles import AgencyRoleKind
from grants.actions.amend_competition import Revision, amend_competition
from grants.actions.edit_competition import Edit, edit_competition
from grants.actions.open_competition import open_competition
from grants.models import Competition
from grants.queries.notices import notice_of
from grants.rules.notice import Part
from grants.rules.states import CompetitionState
from kit.refusals import Refused
from tests.factories.accounts import make_officer
from tests.factories.grants import make_competition
from trail.queries.clock import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run all together; return what each ended with."""
    ends, gate = [], threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            ends.append(act())
        except Refused as refused:
            ends.append(refused.refusal.code)
        except DatabaseError as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_two_sweepers_open_once():
    row = make_competition(CompetitionState.SCHEDULED)
    at = database_now()
    ends = at_once(*[lambda: open_competition(at=at, competition=row)] * 2)
    assert sorted(ends) == [False, True]
    assert row.case.entries.filter(verb="open").count() == 1


def test_two_officers_amend_and_one_starts_again_from_the_new_words():
    row = make_competition()
    officer = actor_from_user(make_officer(row.agency, AgencyRoleKind.PROGRAMME_OFFICER))
    form = notice_of(row).form
    at = database_now()

    def amend(words):
        def act():
            longer = replace(
                form, questions=(replace(form.questions[0], word_limit=words), *form.questions[1:])
            )
            revision = Revision(Part.FORM, longer, "More room", False, row.bundle_hash)
            made = amend_competition(actor=officer, at=at, competition=row, revision=revision)
            return made.number

        return act

    assert sorted(map(str, at_once(amend(700), amend(800)))) == ["1", "stale_text"]
    assert row.amendments.count() == 1


def test_two_officers_save_one_part_and_nothing_is_overwritten():
    row = make_competition(CompetitionState.DRAFT)
    officer = actor_from_user(make_officer(row.agency, AgencyRoleKind.PROGRAMME_OFFICER))
    judging = notice_of(row).judging

    def save(factors):
        edit = Edit(Part.JUDGING, replace(judging, programme_factors=factors), row.version)

        def act():
            edit_competition(actor=officer, at=database_now(), competition=row, edit=edit)
            return factors

        return act

    ends = at_once(save("Rural"), save("Urban"))
    assert "stale_text" in ends
    (kept,) = [end for end in ends if end != "stale_text"]
    row.refresh_from_db()
    assert row.programme_factors == kept


def test_an_amendment_of_an_earlier_transaction_opens_nothing():
    """The twin of the trigger: the row is there, but its transaction is over."""
    row = make_competition()
    officer = actor_from_user(make_officer(row.agency, AgencyRoleKind.PROGRAMME_OFFICER))
    form = notice_of(row).form
    longer = replace(
        form, questions=(replace(form.questions[0], word_limit=700), *form.questions[1:])
    )
    revision = Revision(Part.FORM, longer, "More room", False, row.bundle_hash)
    amend_competition(actor=officer, at=database_now(), competition=row, revision=revision)
    rows = Competition.objects.filter(pk=row.pk)
    later = row.closes_at + timedelta(days=1)
    with pytest.raises(DatabaseError, match="only by an amendment"), transaction.atomic():
        rows.update(closes_at=later)
    with pytest.raises(DatabaseError, match="only by an amendment"), transaction.atomic():
        row.questions.update(word_limit=900)
