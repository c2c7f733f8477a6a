"""Marked secrets in the private fields of the access world, each with those who may read it.

Every mark carries markup and template syntax too, so that one walk shows both: whether it is
read by somebody for whom it is not, and whether it is ever shown as anything but text.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator

from allauth.mfa.models import Authenticator

from accounts.models import Agency, OrganizationInvitation, User
from certification.models import (
    Application,
    ApplicationSection,
    ClusterGroup,
    Decision,
    Invitation,
    Participant,
    Recommendation,
    SeatInvitation,
)
from certification.rules.roster_entry import Contact
from grants.models import Competition, Inquiry
from tests.factories.accounts import make_user
from tests.factories.applications import full_answers, write
from tests.factories.certification_groups import ask, describe_convening, firm_entry, invite
from tests.worlds import World
from trail.models import PersonalNote

MARKUP = "<script>alert(1)</script>{{7*7}}{%now%}#read(1)"
MARK = re.compile(r"zq\d{3}qz")
KEY = re.compile(r"[\w+/=.-]{13,}")
TEAM = frozenset({"group_administrator", "authorized_representative"})
OFFICE = frozenset(
    {
        "programme_officer",
        "selecting_official",
        "publisher",
        "agency_administrator",
        "auditor",
    }
)
DESK = OFFICE | {"conflict_officer"}
NOBODY: frozenset[str] = frozenset()
Secrets = dict[str, frozenset[str]]


class Marks:
    """Makes marks, and remembers for whom each is."""

    def __init__(self) -> None:
        self.known: Secrets = {}
        self._numbers = itertools.count(100)

    def word(self, audience: frozenset[str]) -> str:
        """A mark without markup, for names and addresses."""
        mark = f"zq{next(self._numbers)}qz"
        self.known[mark] = audience
        return mark

    def text(self, audience: frozenset[str]) -> str:
        """A mark that also tries to be more than text."""
        return f"{self.word(audience)}{MARKUP}"


def plant(world: World) -> Secrets:
    """Put secrets wherever something private is kept; return each with its audience."""
    marks = Marks()
    _plant_roster(world, marks)
    _plant_drafts(world, marks)
    _plant_cases(world, marks)
    _plant_people(world, marks)
    _plant_competitions(world, marks)
    return {**marks.known, **_keys()}


def _plant_roster(world: World, marks: Marks) -> None:
    group = ClusterGroup.objects.get(case__reference=world.places["group"])
    entries = [
        firm_entry(
            marks.text(TEAM),
            contact=Contact(marks.text(TEAM), f"{marks.word(TEAM)}@firm{number}.example"),
            role_note=marks.text(TEAM),
            corporate_family=marks.text(TEAM),
        )
        for number in range(8)
    ]
    for participant in invite(group, *entries):
        assert isinstance(participant, Participant)
    ask(group, marks.text(TEAM), contact_name=marks.text(TEAM))
    texts = ("formation_plan", "admission_rule_text", "dues_relief_rule", "antitrust_policy_text")
    describe_convening(group, **{name: marks.text(TEAM) for name in texts})
    SeatInvitation.objects.filter(group=group).update(name=marks.text(TEAM))


def _plant_drafts(world: World, marks: Marks) -> None:
    draft = Application.objects.get(case__reference=world.places["application"])
    for section, answers in list(full_answers().items())[1:]:  # the first is autosaved by the walk
        kept = {
            name: value if isinstance(value, bool) else marks.text(TEAM)
            for name, value in answers.items()
        }
        write(draft, section, **kept)
    assert ApplicationSection.objects.filter(application=draft).exists()


def _plant_cases(world: World, marks: Marks) -> None:
    case = Application.objects.get(case__reference=world.places["staff_case"])
    ClusterGroup.objects.filter(pk=case.group_id).update(purpose=marks.text(OFFICE))
    draft = Application.objects.get(case__reference=world.places["application"])
    ClusterGroup.objects.filter(pk=draft.group_id).update(purpose=marks.text(TEAM))
    published = Application.objects.get(case__reference=world.places["published_case"])
    assert Decision.objects.filter(application=published).exists()
    assert Recommendation.objects.exists()


def _plant_competitions(world: World, marks: Marks) -> None:
    """What no draft shows before it opens, and what somebody asked privately."""
    draft = Competition.objects.filter(case__reference=world.places["draft_competition"])
    draft.update(title=marks.text(DESK)[:160], summary=marks.text(DESK))
    draft.get().criteria.update(question=marks.text(DESK))
    asked = Inquiry.objects.filter(reference=world.places["inquiry"])
    assert asked.update(text=marks.text(DESK | {"group_administrator"})) == 1


def _plant_people(world: World, marks: Marks) -> None:
    for _ in range(5):
        hidden = make_user(marks.text(NOBODY), f"{marks.word(NOBODY)}@example.org")
        User.objects.filter(pk=hidden.pk).update(title=marks.text(NOBODY))
    owner = frozenset({"organization_administrator"})
    organization = world.people["organization_administrator"].pk
    rows = OrganizationInvitation.objects.filter(invited_by__contains=str(organization))
    rows.update(email=f"{marks.word(owner)}@example.org")
    assert Agency.objects.count() >= 2


def _keys() -> Secrets:
    """What nobody may read: hashes, nonces, salts, seeds."""
    found = [user.password.rpartition("$")[2] for user in User.objects.all()[:12]]
    for row in (*Invitation.objects.all(), *SeatInvitation.objects.all()):
        found += [row.nonce, row.token_digest]
    for authenticator in Authenticator.objects.filter(type="totp")[:4]:
        found.append(str(authenticator.data["secret"]))
    found += [note.salt for note in PersonalNote.objects.all()[:10]]
    return {key: NOBODY for key in found if len(key) > 12}


def leaks(secrets: Secrets, persona: str, words: str) -> Iterator[str]:
    """The secrets among these words that are not for this person."""
    return (one for one in secrets_in(secrets, words) if persona not in secrets[one])


def secrets_in(secrets: Secrets, words: str) -> set[str]:
    """Every planted secret that these words hold."""
    return secrets.keys() & {*MARK.findall(words), *KEY.findall(words)}


def words_of(content: bytes) -> str:
    """What an answer says, also inside a workbook."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8", errors="replace")
