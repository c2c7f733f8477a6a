"""What is hidden leaves no trace: page, file, count, mail and search read the same without it.

Five readers walk every door that opens to them, each as a page, as JSON and as a file where
there is one: once without the hidden thing, once with it there. Both walks must be byte for byte
the same, headers too, and ask the database as often: who measures time learns nothing either.

Masked, since no two readings are alike in them: tokens of forms, numbers of requests, clocks,
signatures with a random part. Planted: one fault for each reader (``PLANTS``). Each seen red.
"""

import html
import io
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, zip_longest

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from grants.models import Proposal
from grants.rules.results import KIND_RESULTS
from kit.references import new_reference
from records.models import Letter, Publication
from tests.leak_scenes import Scene
from tests.web.abuse.walk import ROUTES, client_of, module_world

world = module_world
pytestmark = pytest.mark.django_db
MASKS = (
    re.compile(rb'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"'),
    re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?"),
    re.compile(rb"\b\d{1,2}(:\d\d)? [ap]\.m\."),
    re.compile(rb'(data-seconds="|"seconds": )[\d.]+'),
    re.compile(rb'"signature": ?"[^"]*"'),
)
OWN_EACH_TIME = {"X-Request-ID", "Set-Cookie", "Expires", "Content-Length"}
# Each shows a secret made for this one reading.
NEVER_ALIKE = {"/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/"}
# Once a minute the session's clock is wound; officers have a shorter one.
BOOKKEEPING = ("SAVEPOINT", "session", 'SELECT 1 AS "a" FROM "accounts_agencyrole"')
FILE = re.compile(rb'href="([^"]*[?&;]format=[^"]*)"')
SEARCHES = ("Zephyr+Quartz", "planning", "Proposal", "PR-", "glass")
OF_PROPOSALS = re.compile(r"{(\w*_proposal|proposal)}")


@dataclass(frozen=True)
class Reading:
    """What one door answered, and how often the database was asked."""

    status: int
    headers: bytes
    body: bytes
    count: int
    questions: list[str] = field(compare=False)


class Reader:
    """One person with one browser: what every door shows, and what came by mail."""

    def __init__(self, world, persona, **own):
        self.user = world.people.get(persona)
        self.client = client_of(world, persona)
        self.places = {**world.places, **own}
        self.doors = [f"/search/?q={words}" for words in SEARCHES]
        for route in ROUTES.values():
            is_own = any(f"{{{name}}}" in route["path"] for name in own)
            opens = route.get(persona, route.get("anyone")) == 200
            if route.get("method") != "POST" and (opens or is_own):
                self.doors.append(route["path"].format(**self.places))

    def find_files(self):
        """Open every door once, and note the files that the pages hand out."""
        self.doors = list(dict.fromkeys(self.doors))
        for door in tuple(self.doors):
            for found in FILE.findall(self.client.get(door).getvalue()):
                file = html.unescape(found.decode())
                self.doors.append(f"{door.partition('?')[0]}{file}" if file[0] == "?" else file)
        self.doors = [door for door in dict.fromkeys(self.doors) if door not in NEVER_ALIKE]

    def read(self, door):
        """Status, headers, body without what differs each time; how much was asked."""
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            answer = self.client.get(door)
            body = unpacked(answer.getvalue())
            transaction.set_rollback(True)
        headers = sorted((n, v) for n, v in answer.headers.items() if n not in OWN_EACH_TIME)
        questions = [
            one["sql"] for one in asked if not any(word in one["sql"] for word in BOOKKEEPING)
        ]
        head = masked(repr(headers).encode())
        return Reading(answer.status_code, head, masked(body), len(questions), questions)

    def walk(self):
        cache.clear()
        return {door: self.read(door) for door in self.doors}

    def letters(self):
        rows = Letter.objects.filter(to_address=self.user.email) if self.user else ()
        return [(row.subject, row.text, row.html) for row in rows]


def unpacked(body):
    """A workbook is a packed folder that names its own minute."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as folder:
        return b"\n".join(name.encode() + folder.read(name) for name in folder.namelist())


def masked(words):
    for mask in MASKS:
        words = mask.sub(b"", words)
    return words


@contextmanager
def only_here():
    """What is made inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def differences(reader, hide):
    """What tells of the hidden thing, door by door; nothing when nothing does."""
    reader.find_files()
    without, letters = reader.walk(), reader.letters()
    with only_here():
        hide()
        told = reader.walk()
        assert reader.letters() == letters
    return {
        door: changed(without[door], told[door]) for door in told if told[door] != without[door]
    }


def changed(was, now):
    """The first lines that differ, for whoever reads a red test."""
    lines = ((was.body, now.body), (was.headers, now.headers))
    pairs = [
        zip_longest(*(one.decode(errors="replace").splitlines() for one in two)) for two in lines
    ]
    parts = [pair for pair in chain(*pairs) if pair[0] != pair[1]][:4]
    if was.count != now.count:
        parts += [sql for sql in now.questions if sql not in was.questions]
    return was.status, now.status, was.count, now.count, parts


HIDDEN = {
    "conflicted_reviewer": Scene.tied,
    "chair": Scene.tied,
    "group_administrator": Scene.others,
    "authorized_representative": Scene.embargoed,
    "anonymous": Scene.everything,
}


@pytest.fixture(scope="module")
def scene(world, django_db_blocker):
    with django_db_blocker.unblock():
        return Scene(world)


def reader_of(scene, persona):
    return Reader(scene.world, persona, **scene.own_places(persona))


@pytest.mark.parametrize("persona", HIDDEN)
def test_everything_reads_the_same_with_and_without_what_is_hidden(scene, persona):
    found = differences(reader_of(scene, persona), lambda: HIDDEN[persona](scene))
    assert not found, "\n".join(f"{door}: {lines}" for door, lines in found.items())


@pytest.mark.parametrize("persona", HIDDEN)
def test_a_guess_at_what_is_hidden_is_answered_like_nonsense(scene, persona):
    reader, nonsense = reader_of(scene, persona), new_reference("PR")
    with only_here():
        hidden = HIDDEN[persona](scene).reference
        for route in ROUTES.values():
            if route.get("method") == "POST" or not OF_PROPOSALS.search(route["path"]):
                continue
            known, unknown = (
                reader.read(OF_PROPOSALS.sub(guess, route["path"]).format(**reader.places))
                for guess in (hidden, nonsense)
            )
            assert known.status == unknown.status, route["path"]
            assert known.body.replace(hidden.encode(), nonsense.encode()) == unknown.body, route[
                "path"
            ]


def results_without_their_moment(_at):
    return Publication.objects.filter(kind=KIND_RESULTS).select_related("case").order_by("-number")


PLANTS = {
    "conflicted_reviewer": ("grants.web.reviewing.visible_proposals", "{panel_seat}/conflicts/"),
    "chair": ("grants.web.chair_ranking.hidden_from_chair", "{chair_seat}/ranking/"),
    "group_administrator": ("grants.web.start_proposal.proposals_of", "/proposals/"),
    "authorized_representative": ("grants.web.public_results.released_results", "/results/"),
    "anonymous": ("grants.web.public_results.released_results", "/results/"),
}
FAULTS = {
    "visible_proposals": lambda seat: Proposal.objects.filter(competition=seat.competition),
    "hidden_from_chair": lambda _seat: frozenset(),
    "proposals_of": lambda _person: Proposal.objects.select_related("competition", "case"),
    "released_results": results_without_their_moment,
}


@pytest.mark.parametrize("persona", PLANTS)
def test_a_planted_leak_is_found(scene, persona, monkeypatch):
    """The twin: with one filter taken away the walk sees it."""
    target, address = PLANTS[persona]
    reader = reader_of(scene, persona)
    told = address.format(**reader.places)
    reader.doors = [door for door in reader.doors if door.endswith(told)]
    monkeypatch.setattr(target, FAULTS[target.rpartition(".")[2]])
    assert differences(reader, lambda: HIDDEN[persona](scene))
