"""Keep the files that an officer sent, and let a worker load them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.core.files import File
from django.core.files.storage import storages
from django.db import connection, transaction

from kit.references import new_reference
from kit.refusals import Refused, refuse
from mapping.models import DataLoad, SentDataFile
from mapping.queries.loads import LOAD_SENT, LOADING_LOCK, is_loading, open_jobs
from mapping.rules.sent_files import plain_name, sending_refusals
from trail.actions.claim_key import claim_key, settle_key
from trail.actions.open_case import open_case
from trail.actions.record_entry import record_entry
from trail.actions.run_job import ask_for_job
from trail.actors import Actor
from trail.models import Job
from trail.rules.states import JobState

INBOX = "inbox"
UNDER_WAY = "Another load is under way. Wait until it is done, then send your files."

FILES_CLEARED = "The files of this load are no longer kept. Send them again."


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came: nothing of it is believed."""

    name: str
    size: int
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class SentFiles:
    """What an officer asks for.

    Attributes:
        files: The files.
        year: The year of files whose names do not tell it.
        user: Key of the officer's account; the worker acts in that name.
        address: Where the report will be, with {} for the load's reference.
    """

    files: Sequence[SentFile]
    year: int | None
    user: int
    address: str


@transaction.atomic
def ask_for_load(*, actor: Actor, at: datetime, sent: SentFiles, key: str) -> DataLoad:
    """Keep the files and write the work down.

    Side effects: a case, the files in the inbox, a job for the worker.

    Raises:
        Refused: ``load_under_way``; or the first thing that speaks against the files.
    """
    names = ",".join(file.name for file in sent.files)
    claim = claim_key(actor=actor, at=at, key=key, verb="ask_for_load", body=names)
    if claim.result_reference:
        return DataLoad.objects.get(case__reference=claim.result_reference)
    _refuse_beside_another()
    for refusal in sending_refusals([(file.name, file.size) for file in sent.files]):
        raise Refused(refusal)
    case = open_case(actor=actor, at=at, kind="data load", prefix="DL")
    job = _job(actor, at, case.reference, sent.user, sent.address.format(case.reference))
    load = DataLoad.objects.create(
        case=case, asked_at=at, year=sent.year, job_reference=job.reference
    )
    for file in sent.files:
        SentDataFile.objects.create(
            load=load,
            name=plain_name(file.name),
            size=file.size,
            kept_as=storages[INBOX].save(new_reference("DF"), File(file.stream)),
        )
    record_entry(
        case=case,
        actor=actor,
        at=at,
        verb="ask_for_load",
        facts={"files": [plain_name(file.name) for file in sent.files], "job": job.reference},
    )
    settle_key(claim, case.reference)
    return load


@transaction.atomic
def start_load_again(
    *, actor: Actor, at: datetime, load: DataLoad, user: int, address: str
) -> DataLoad:
    """Start a load anew that failed or was stopped; what it had loaded is passed over.

    Raises:
        Refused: ``load_under_way``, ``load_not_over`` where nothing was cut off, or
            ``files_cleared`` where its files are no longer kept.
    """
    _refuse_beside_another()
    row = DataLoad.objects.select_for_update().select_related("case").get(pk=load.pk)
    last = Job.objects.get(reference=row.job_reference)
    if last.state not in {JobState.FAILED, JobState.CANCELLED}:
        raise refuse("load_not_over", "This load came to its end; there is nothing to start again.")
    if row.cleared_at is not None:
        raise refuse("files_cleared", FILES_CLEARED)
    job = _job(actor, at, row.reference, user, address)
    row.job_reference, row.suspected_at, row.reports = job.reference, None, []
    row.save()
    record_entry(
        case=row.case,
        actor=actor,
        at=at,
        verb="start_load_again",
        facts={"job": job.reference},
    )
    return row


def _refuse_beside_another() -> None:
    """Two officers at the same moment wait for each other here; the second one is refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING_LOCK + 1])
    if open_jobs() or is_loading():
        raise refuse("load_under_way", UNDER_WAY)


def _job(actor: Actor, at: datetime, load: str, user: int, address: str) -> Job:
    return ask_for_job(
        actor=actor,
        at=at,
        kind=LOAD_SENT,
        arguments={"title": "Load data files", "back": address, "load": load, "user": user},
    )
