"""The operator's commands of review science, on files good and bad."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from tests.rules.grants.test_scoring import WORKED, scores_of


def answer(*arguments):
    out = io.StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def scores(tmp_path):
    lines = [f"{one.proposal},{one.reviewer},{one.value}" for one in scores_of(WORKED)]
    path = tmp_path / "scores.csv"
    path.write_text("\n".join(["proposal,reviewer,score", *lines]))
    return path


def test_calibrate_prints_the_worked_example(scores):
    said = answer("calibrate_scores", "--scores", str(scores), "--awards", "2")
    first = said["proposals"][0]
    assert (first["proposal"], round(first["calibrated"], 4), round(first["se"], 3)) == (
        "A",
        6.6325,
        0.234,
    )
    assert said["adjusted"]
    assert round(said["variances"]["reviewers"], 5) == 2.07342
    assert sum(row["probability"] for row in said["proposals"]) == pytest.approx(2)


def test_without_a_line_no_chance_is_printed(scores):
    said = answer("calibrate_scores", "--scores", str(scores), "--method", "raw")
    assert {row["probability"] for row in said["proposals"]} == {None}


def test_one_score_each_prints_no_error(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("proposal,reviewer,score\nA,r,4\nB,r,5\n")
    said = answer("calibrate_scores", "--scores", str(path), "--method", "raw")
    assert [row["se"] for row in said["proposals"]] == [None, None]


def test_reliability_prints_every_level(scores):
    said = answer("reliability", "--scores", str(scores))
    assert set(said["alpha"]) == {"nominal", "ordinal", "interval", "ratio"}
    assert said["intraclass"] is None  # not everybody scored everything
    assert 0 < said["components"]["single"] < said["components"]["mean"] < 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "must name proposal, reviewer, score"),
        ("proposal,reviewer,score\nA,r,many\n", "Line 2 has no number"),
        ("proposal,reviewer,score\nA,,3\n", "Line 2 names no proposal"),
        ("proposal,reviewer,score\nA,r,3\nA,r,4\n", "r scored A twice"),
        ("proposal,reviewer,score\n", "no score yet"),
        ("proposal,reviewer,score\nA,r,inf\n", "is no number"),
    ],
)
def test_a_bad_file_is_named(tmp_path, text, words):
    path = tmp_path / "scores.csv"
    path.write_text(text)
    with pytest.raises(CommandError, match=words):
        answer("calibrate_scores", "--scores", str(path))


def matrices(folder, **held):
    path = folder / "affinity.npz"
    np.savez(path, **held)
    return str(path)


def test_assign_prints_pairs_and_proof(tmp_path):
    fits = np.random.default_rng(1).random((8, 6))
    path = matrices(tmp_path, S=fits, C=np.zeros((8, 6), dtype=bool))
    said = answer("assign_reviewers", "--affinity", path, "--reviews", "3", "--load", "3-5")
    assert len(said["assignment"]) == 24
    assert said["proved"]
    assert said["total"] == pytest.approx(sum(fits[tuple(pair)] for pair in said["assignment"]))
    assert said["gap"] < 1e-6


def test_assign_says_what_is_missing_and_exits_with_one(tmp_path):
    path = matrices(tmp_path, S=np.ones((6, 3)))
    with pytest.raises(SystemExit) as caught:
        answer("assign_reviewers", "--affinity", path, "--reviews", "2", "--load", "1-3")
    assert caught.value.code == 1


@pytest.mark.parametrize("load", ["6", "a-b", "-3", "3-2"])
def test_a_load_that_is_none_is_refused(tmp_path, load):
    path = matrices(tmp_path, S=np.ones((2, 2)))
    with pytest.raises(CommandError):
        answer("assign_reviewers", "--affinity", path, "--reviews", "1", f"--load={load}")


def test_objects_in_a_file_are_never_unpickled(tmp_path):
    path = tmp_path / "affinity.npz"
    np.savez(path, S=np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(CommandError, match="cannot be read"):
        answer("assign_reviewers", "--affinity", str(path), "--reviews", "1", "--load", "1-1")
