"""Letters: heads that cannot be bent, a mail server that is down, digests, returned letters."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from certification.rules.letters import LetterText
from kit.refusals import Refused
from records.actions.choose_rhythm import choose_rhythm
from records.actions.record_bounce import record_bounce
from records.actions.send_letter import Recipient, send_letter
from records.actions.write_digests import write_digests
from records.models import Letter, NoticePreference
from records.queries.letters import deliveries
from records.rules.letters import Rhythm, Way, digest_is_due, header_line
from tests.constraints import refused_by, refused_by_trigger
from tests.worlds import person
from trail.actions.open_case import open_case
from trail.actions.send_effects import send_effects
from trail.actors import SYSTEM
from trail.models import Effect

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def case(db):
    return open_case(actor=SYSTEM, at=AT, kind="application", prefix="DA")


def written(case, key="1", *, to="ana@maumee.example", name="Ana", **more):
    context = {"letter": LetterText(subject=more.pop("subject", "News"), paragraphs=("Hello.",))}
    context |= {"group": "Glass", "reference": "DA-1", "agency": "Office"}
    recipient = Recipient(to, name)
    template = "certification/mail/case_letter"
    act = {"case": case, "at": AT, "template": template, "to": recipient, **more}
    return send_letter(context=context, key=key, **act)


def way_of(letter):
    letter.refresh_from_db()
    return deliveries([letter])[letter.pk]


HEADS = [
    "News\r\nBcc: everyone@example.org",
    "News\nX-Evil: 1",
    "News\u2028Subject: other",
    "\u202egnirts\u202c News",
    "News\0\x07",
    "Zażółć 北京 \U0001f600" * 40,
    "a" * 5000,
]


@pytest.mark.parametrize("subject", HEADS, ids=range(len(HEADS)))
def test_a_head_is_one_harmless_line(case, subject):
    letter = written(case, subject=subject, name=f"Ana {subject}")
    send_effects(at=AT)
    (message,) = mail.outbox
    assert set(message.message().keys()) <= {
        *("Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID"),
        "Content-Transfer-Encoding",
    }
    assert message.to == ["ana@maumee.example"]
    assert len(letter.subject) <= 150
    assert not set(letter.subject + letter.to_name) & set("\r\n\0\u2028\u202e\u202c")


def test_the_planted_fault_a_raw_break_would_be_kept():
    assert "\n" in HEADS[0]
    assert "\n" not in header_line(HEADS[0])


class Down(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError(111, "refused")


def test_a_mail_server_that_is_down_loses_nothing(case, settings):
    letters = [written(case, str(number)) for number in range(5)]
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    for hours in range(4):
        send_effects(at=AT + hours * HOUR)
    assert mail.outbox == []
    way = way_of(letters[0])
    assert (way.way, way.reason) == (Way.RETRYING, "The mail server does not answer.")
    assert way.again_at > AT
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for hours in range(5, 9):
        send_effects(at=AT + hours * HOUR)
    assert len(mail.outbox) == 5
    assert {way_of(letter).way for letter in letters} == {Way.SENT}


def test_a_letter_waits_longer_after_each_failure(case, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    written(case)
    waits = []
    moment = AT
    for _ in range(6):
        send_effects(at=moment)
        due = Effect.objects.get(kind="deliver_letter").due_at
        waits.append(due - moment)
        moment = due
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] <= HOUR


def test_a_returned_letter_is_shown_with_its_reason(case):
    letter = written(case)
    with pytest.raises(Refused):
        record_bounce(actor=SYSTEM, at=AT, letter=letter, reason="Too early")
    send_effects(at=AT)
    call_command("record_bounce", letter.reference, "--reason", "550 no such\r\nuser")
    assert (way_of(letter).way, way_of(letter).reason) == (Way.BOUNCED, "550 no such user")
    with pytest.raises(Refused) as refused:
        record_bounce(actor=SYSTEM, at=AT, letter=letter, reason="Again")
    assert refused.value.refusal.code == "already_bounced"


@pytest.fixture
def daily():
    reader = person("Dora Daily")
    choose_rhythm(user=reader, at=AT, rhythm=Rhythm.DAILY)
    return reader


def test_notices_wait_for_one_digest_and_what_the_law_needs_does_not(case, daily):
    held = [written(case, str(n), to=daily.email, is_notice=True) for n in range(3)]
    legal = written(case, "legal", to=daily.email.upper())
    send_effects(at=AT)
    assert [way_of(one).way for one in (*held, legal)] == [*[Way.HELD] * 3, Way.SENT]
    assert write_digests(at=AT) == 1
    assert write_digests(at=AT + HOUR) == 0
    send_effects(at=AT + HOUR)
    digest = mail.outbox[-1]
    assert digest.subject == "3 notices from the Clusters Portal"
    assert digest.body.count("Hello.") == 3
    assert {way_of(one).way for one in held} == {Way.SENT}
    assert len(mail.outbox) == 2


def test_a_digest_never_doubles_and_never_loses_one(case, daily):
    told = []
    for day in range(4):
        written(case, f"{day}", to=daily.email, is_notice=True)
        for hours in (0, 1, 2):
            write_digests(at=AT + day * DAY + hours * HOUR)
        send_effects(at=AT + day * DAY + 3 * HOUR)
        told.append(len(mail.outbox))
    assert told == [1, 2, 3, 4]
    assert not Letter.objects.filter(is_held=True, digest=None).exists()


def test_who_goes_back_to_at_once_still_gets_what_waited(case, daily):
    written(case, to=daily.email, is_notice=True)
    choose_rhythm(user=daily, at=AT, rhythm=Rhythm.INSTANT)
    written(case, "2", to=daily.email, is_notice=True)
    send_effects(at=AT)
    assert len(mail.outbox) == 1
    write_digests(at=AT + DAY)
    send_effects(at=AT + DAY)
    assert len(mail.outbox) == 2


# last digest (UTC)    now (UTC)             due
DUE = """
-                      2026-03-03T15:00      yes
2026-03-03T13:00       2026-03-03T15:00      no
2026-03-03T12:59       2026-03-03T15:00      yes
2026-03-03T13:00       2026-03-04T12:59      no
2026-03-03T13:00       2026-03-04T13:00      yes
"""


@pytest.mark.parametrize("line", DUE.strip().splitlines())
def test_a_digest_is_due_once_a_day_from_eight(line):
    last, now, due = line.split()
    before = None if last == "-" else datetime.fromisoformat(last).replace(tzinfo=UTC)
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert digest_is_due(now=moment, last=before, zone="America/New_York") is (due == "yes")


def test_notice_rhythm_known(daily):
    with refused_by("notice_rhythm_known"):
        NoticePreference.objects.update(rhythm="never")


def test_letter_digest_only_if_held(case):
    one, two = written(case, "1"), written(case, "2")
    with refused_by("letter_digest_only_if_held"):
        Letter.objects.filter(pk=one.pk).update(digest=two)


def test_letter_bounce_paired(case):
    letter = written(case)
    with refused_by("letter_bounce_paired"):
        Letter.objects.filter(pk=letter.pk).update(bounced_at=AT)


def test_the_words_of_a_letter_stay(case):
    letter = written(case)
    with refused_by_trigger():
        Letter.objects.filter(pk=letter.pk).update(text="Other words")


def test_a_letter_is_written_once_however_often_it_is_asked_for(case):
    first, again = written(case, key="once"), written(case, key="once", subject="Other words")
    assert again == first
    assert Letter.objects.get().subject.startswith("News:")
    assert Effect.objects.filter(kind="deliver_letter").count() == 1
    with refused_by("letter_key_once"):
        Letter.objects.create(key="once", to_address="ana@maumee.example", written_at=AT)


def test_a_notice_that_waits_for_the_digest_waits_once(case):
    reader = person("Ana Reader")
    choose_rhythm(user=reader, at=AT, rhythm=Rhythm.DAILY)
    for _ in range(2):
        written(case, key="held", to=reader.email, is_notice=True)
    assert Letter.objects.filter(is_held=True).count() == 1
