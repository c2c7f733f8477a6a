"""manage.py fetch_data: the official files, from the agencies' own addresses."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mapping.rules.readers.layouts import layout_of
from mapping.rules.readers.source_file import FileRefused, open_source
from mapping.rules.readers.unpacking import LIMITS

CENSUS = "https://www2.census.gov/programs-surveys"
CBP = CENSUS + "/cbp/datasets/{year}/cbp{short}{unit}.zip"
QCEW = "https://data.bls.gov/cew/data/files/{year}/csv/{year}_annual_singlefile.zip"
DELINEATION = (
    CENSUS + "/metro-micro/geographies/reference-files/2020/delineation-files/list1_2020.xls"
)
POPULATION = CENSUS + "/popest/datasets/2010-2020/counties/totals/co-est2020-alldata.csv"
NAICS = "https://www.census.gov/naics/{vintage}NAICS/2-6%20digit_{vintage}_Codes.xlsx"
CONCORDANCE = "https://www.census.gov/naics/concordances/2017_to_2022_NAICS.xlsx"
# BEA withdrew its areas, and no lasting address of the file is known.
AREAS = "Economic areas (BEA, 2004) are no longer offered for download: load their file by hand."
YEARS = range(1998, 2100)
SECONDS, STEP = 60, 2**20
AGENT = "clusters-portal (official statistics, one request a file)"


class Command(BaseCommand):
    """Download to a folder, check each file, and load the folder; exit 1 where one is missing."""

    help = "Download the official files of a year from the agencies, check them, and load them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the years, the folder, and what to do with it."""
        parser.add_argument("years", nargs="+", type=int, metavar="YEAR")
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
        parser.add_argument("--qcew", action="store_true", help="also the Quarterly Census (large)")
        parser.add_argument("--no-load", action="store_true", help="only download and check")
        parser.add_argument("--publish", action="store_true", help="publish the measures")
        parser.add_argument("--json", action="store_true", help="print one JSON array")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Fetch what is not there yet, then load."""
        wrong = [year for year in options["years"] if year not in YEARS]
        if wrong:
            raise CommandError(f"County Business Patterns of {wrong[0]} are not on NAICS.")
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        failed = []
        for address in addresses(options["years"], with_qcew=options["qcew"]):
            path = folder / address.rpartition("/")[2].replace("%20", "_")
            self.stderr.write(f"{path.name}: {'there already' if path.exists() else address}")
            try:
                if not path.exists():
                    fetch(address, path)
            except FetchFailed as failure:
                failed.append(str(failure))
        if failed:
            sentences = "\n".join(failed)
            raise CommandError(
                f"{sentences}\nNothing was loaded. What arrived whole stays in {folder}; fetch "
                "the rest by hand into that folder, or run the command again."
            )
        if not options["no_load"]:
            flags = [flag for flag in ("publish", "json") if options[flag]]
            call_command(
                "load_data",
                str(folder),
                *(f"--{flag}" for flag in flags),
                stdout=self.stdout,
                stderr=self.stderr,
            )
        elif options["json"]:
            self.stdout.write(json.dumps(sorted(path.name for path in folder.iterdir())))
        self.stderr.write(AREAS)


class FetchFailed(Exception):
    """One file could not be had, in a sentence."""


def addresses(years: list[int], *, with_qcew: bool) -> Iterator[str]:
    """Every file that the years need: geography and codes first."""
    yield from (DELINEATION, POPULATION, CONCORDANCE)
    yield from (NAICS.format(vintage=vintage) for vintage in (2017, 2022))
    for year in years:
        for unit in ("us", "st", "co"):
            yield CBP.format(year=year, short=f"{year % 100:02}", unit=unit)
        if with_qcew:
            yield QCEW.format(year=year)


def fetch(address: str, path: Path) -> None:
    """Download into a part file; it takes its name only when it is whole and of a known layout.

    Raises:
        FetchFailed: no network, no such file, too large, cut short, or not what was expected.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        _download(address, part)
        with part.open("rb") as stream:
            source = open_source(path.name, stream)
        if layout_of(source) is None:
            raise FetchFailed(f"{address} holds no table of a known layout.")
        part.replace(path)
    except FileRefused as refused:
        raise FetchFailed(refused.refusal.sentence) from refused
    except (OSError, urllib.error.URLError) as error:
        raise FetchFailed(
            f"{address} cannot be reached: is there a network? ({type(error).__name__})"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _download(address: str, part: Path) -> None:
    request = urllib.request.Request(address, headers={"User-Agent": AGENT})  # noqa: S310 - https
    total = 0
    with urllib.request.urlopen(request, timeout=SECONDS) as answer, part.open("wb") as file:  # noqa: S310
        stated = answer.headers.get("Content-Length")
        while step := answer.read(STEP):
            total += len(step)
            if total > LIMITS.packed:
                raise FetchFailed(f"{address} is larger than {LIMITS.packed / 10**6:,.0f} MB.")
            file.write(step)
    if stated is not None and total != int(stated):
        raise FetchFailed(f"{address} was cut short: {total:,} of {int(stated):,} bytes came.")
