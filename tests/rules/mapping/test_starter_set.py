"""The bundled definition set: whole, orderly, our own, and how far it agrees with another one."""

from __future__ import annotations

import csv
import hashlib
import io
import sys
from collections import Counter, defaultdict

from mapping.rules.agreement import adjusted_rand
from mapping.rules.states import STATES
from mapping.sample.files import definition_sheet
from mapping.sample.industries import starter_industries
from mapping.sample.places import CENTRES, GROWTH, LEANING, SPECIALITIES
from tests.rules.mapping.real_data import needs_real_data, real_file

# SHA-256 over the sorted six-digit codes of NAICS 2017, one a line: the list itself is not ours
# to carry, and the test on real data below proves this value against it.
NAICS_2017 = "39d6d9e356dd9c0e7928b1ab69cdbb0e0df0a1eecbb5d8075c3957321e71b905"
NAICS_2017_CODES = 1057


def digest_of(codes) -> str:
    return hashlib.sha256("\n".join(sorted(codes)).encode()).hexdigest()


def test_every_naics_2017_code_is_placed_exactly_once():
    codes = [industry.code for industry in starter_industries()]
    assert len(codes) == len(set(codes)) == NAICS_2017_CODES
    assert digest_of(codes) == NAICS_2017


def test_clusters_are_as_many_as_they_should_be_and_none_stands_alone():
    kinds = {industry.cluster_code: industry.kind for industry in starter_industries()}
    counts = Counter(kinds.values())
    assert 41 <= counts["traded"] <= 51
    assert counts["local"] >= 10
    assert set(counts) == {"traded", "local", "resource"}
    sizes = Counter(industry.cluster_code for industry in starter_industries())
    assert min(sizes.values()) >= 3


def test_codes_names_and_parts_are_orderly():
    names, parts, titles = defaultdict(set), defaultdict(set), set()
    for industry in starter_industries():
        names[industry.cluster_code].add((industry.cluster, industry.kind))
        parts[industry.sub_cluster_code].add((industry.sub_cluster, industry.cluster_code))
        assert industry.sub_cluster_code.startswith(f"{industry.cluster_code}.")
        assert industry.cluster_code[0] == industry.kind[0].upper()
        assert industry.jobs > 0
        assert industry.jobs_per_place >= 1
        titles.add(industry.title)
    assert all(len(found) == 1 for found in (*names.values(), *parts.values()))
    assert len({name for found in names.values() for name, _ in found}) == len(names)
    assert len(titles) == NAICS_2017_CODES


def test_places_speak_of_clusters_that_exist():
    clusters = {industry.cluster_code for industry in starter_industries()}
    traded = {code for code in clusters if not code.startswith("L")}
    assert set(SPECIALITIES) == traded
    assert set(LEANING) | set(GROWTH) <= clusters
    counties = {fips for found in SPECIALITIES.values() for fips in found} | set(CENTRES)
    assert all(fips[:2] in STATES and len(fips) == 5 for fips in counties)


def test_the_sheet_carries_every_part():
    rows = list(csv.DictReader(io.StringIO(definition_sheet().text)))
    assert len(rows) == NAICS_2017_CODES
    assert len({row["sub_cluster_code"] for row in rows}) > 200


@needs_real_data
def test_the_digest_is_that_of_the_official_list():
    rows = csv.DictReader(io.StringIO(real_file("naics/naics_2017.csv").text))
    assert digest_of(row["code"] for row in rows if len(row["code"]) == 6) == NAICS_2017


@needs_real_data
def test_agreement_with_the_sheet_of_forty_one_clusters(capsys):
    """Alike in what belongs together, yet not a copy: the index lies well between 0 and 1."""
    theirs = {
        row["naics2017"]: row["cluster_code"]
        for row in csv.DictReader(
            io.StringIO(real_file("clusters_gpl/porter41_naics2017_derived.csv").text)
        )
    }
    ours = {industry.code: industry.cluster_code for industry in starter_industries()}
    traded = {code for code, cluster in ours.items() if cluster.startswith("T")}
    both = {code: theirs[code] for code in traded & theirs.keys() if int(theirs[code]) < 100}
    every, among_traded = adjusted_rand(ours, theirs), adjusted_rand(ours, both)
    with capsys.disabled():
        sys.stdout.write(f"\nadjusted Rand: all {every:.3f}, traded in both {among_traded:.3f}\n")
    assert 0.25 < every < 0.9
    assert 0.25 < among_traded < 0.9
