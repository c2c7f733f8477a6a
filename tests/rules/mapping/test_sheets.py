"""A definition sheet: sub-clusters, codes placed twice or left out, and its digest."""

from __future__ import annotations

import hashlib

import pytest

from mapping.rules.definitions import ClusterEntry, SubClusterEntry, definition_digest
from mapping.rules.readers.layouts import Layout, layout_of
from mapping.rules.readers.sheets import ParsedSheet, read_sheet
from mapping.rules.readers.source_file import FileRefused, open_source
from mapping.rules.terms import ClusterKind

INDUSTRIES = {
    2017: frozenset({"31", "3118", "311811", "311812", "311813", "311821", "311824", "722511"})
}
HEADER = "cluster_code,cluster,kind,sub_cluster_code,sub_cluster,naics2017\n"


def sheet(rows: str, header: str = HEADER) -> ParsedSheet:
    return read_sheet(open_source("set.csv", (header + rows).encode()), INDUSTRIES)


def faults(rows: str, header: str = HEADER) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        sheet(rows, header)
    return caught.value


def test_sub_clusters_are_read_in_their_order():
    parsed = sheet(
        "T1,Baking,traded,T1.10,Cakes,311813\n"
        "T1,Baking,traded,T1.2,Bread,311812\n"
        "T1,Baking,traded,T1.2,Bread,311811\n"
        "L1,Eating out,local,,,722511\n"
    )
    assert parsed.sub_clusters == (
        SubClusterEntry("T1.2", "Bread", "T1"),
        SubClusterEntry("T1.10", "Cakes", "T1"),
    )
    assert parsed.sub_cluster_of == {"311811": "T1.2", "311812": "T1.2", "311813": "T1.10"}
    assert parsed.cluster_of["722511"] == "L1"


def test_parts_numbered_anew_in_every_cluster_bear_the_code_of_their_cluster():
    parsed = sheet("1,Baking,traded,1,Bread,311811\n101,Eating out,local,1,Inns,722511\n")
    assert [part.code for part in parsed.sub_clusters] == ["1.1", "101.1"]


def test_columns_between_may_stand_in_any_order():
    header = "cluster_code,cluster,sub_cluster_code,sub_cluster,kind,NAICS2017\n"
    source = open_source("set.csv", (header + "T1,Baking,1,Bread,traded,311811\n").encode())
    assert layout_of(source) is Layout.DEFINITIONS
    parsed = read_sheet(source, INDUSTRIES)
    assert parsed.clusters == (ClusterEntry("T1", "Baking", ClusterKind.TRADED),)
    assert parsed.sub_cluster_of == {"311811": "T1.1"}


def test_digest_of_a_set_without_sub_clusters_is_what_it_was():
    """Determinations have pinned such digests: the bytes below are those of the first version."""
    text = "1|Baking|traded\n101|Eating out|local\n311811>1\n722511>101\n"
    parsed = sheet("101,Eating out,722511\n1,Baking,311811\n", "cluster_code,cluster,naics2017\n")
    assert parsed.digest == hashlib.sha256(text.encode()).hexdigest()
    same = sheet("101,Eating out,local,,,722511\n1,Baking,traded,,,311811\n")
    assert same.digest == parsed.digest


def test_sub_clusters_are_part_of_the_digest():
    base = "1,Baking,traded,{},{},311811\n1,Baking,traded,{},{},311812\n"
    texts = [
        base.format("", "", "", ""),
        base.format("1", "Bread", "1", "Bread"),
        base.format("1", "Bread", "2", "Cakes"),
        base.format("1", "Bread", "", ""),
        base.format("1", "Loaves", "1", "Loaves"),
    ]
    assert len({sheet(text).digest for text in texts}) == len(texts)
    clusters = (ClusterEntry("1", "Baking", ClusterKind.TRADED),)
    assert definition_digest(clusters, [("311811", "1")]) == definition_digest(
        clusters, [("311811", "1")], (), ()
    )


def test_every_code_placed_twice_is_named_with_both_lines():
    refused = faults(
        "1,Baking,traded,,,311811\n2,Cake,traded,,,311811\n"
        "1,Baking,traded,,,311812\n1,Baking,traded,,,311812\n"
    )
    assert refused.refusal.code == "industry_twice"
    assert refused.problems == [
        "line 3: code 311811 stands already on line 2",
        "line 5: code 311812 stands already on line 4",
    ]


def test_left_out_codes_are_those_of_the_vintage_with_six_digits():
    parsed = sheet("1,Baking,traded,,,311811\n101,Eating out,local,,,722511\n")
    assert parsed.left_out == ("311812", "311813", "311821", "311824")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1,Baking,traded,2,Loaves,311812", "sub-cluster 1.2 has two names"),
        ("1,Baking,traded,2,,311812", "needs a code and a name"),
        ("1,Baking,traded,,Loaves,311812", "needs a code and a name"),
        ("1,Baking,traded,9.2,Loaves,311812", "not one of cluster 1 (such as 1.1)"),
        ("1,Baking,traded,1.,Loaves,311812", "not one of cluster 1"),
        ("1,Baking,traded,12345678901,Loaves,311812", "not one of cluster 1"),
        ("1.1,Baking,traded,1,Loaves,311812", "no point"),
        ("123456789,Baking,traded,1,Loaves,311812", "at most 8 characters"),
        (f"3,{'x' * 121},traded,1,Loaves,311812", "at most 120 characters"),
        ("1,Baking,311812", "has 3 cells where the header has 6"),
        ("1,Baking,wild,2,Bread,311812", "traded, local or resource"),
    ],
)
def test_unclear_rows_are_refused_with_their_line(row, says):
    refused = faults(f"1,Baking,traded,2,Bread,311811\n{row}\n")
    assert refused.refusal.code == "cluster_unclear"
    assert refused.problems[0].startswith("line 3: ")
    assert says in refused.problems[0]


def test_one_of_two_columns_is_not_enough():
    refused = faults(
        "1,Baking,traded,Bread,311811\n", "cluster_code,cluster,kind,sub_cluster,naics2017\n"
    )
    assert "two columns" in refused.problems[0]
