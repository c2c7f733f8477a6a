"""The rulebook's page leaves no number out."""

from certification.rules.rulebook_groups import parameter_groups
from certification.rules.rulebook_v1 import KEYS, rulebook_v1


def test_every_number_stands_in_one_group():
    groups = parameter_groups(rulebook_v1())
    assert sum(len(group.lines) for group in groups) == len(KEYS)
    assert all(group.lines for group in groups)


def test_numbers_read_as_they_are_written():
    lines = {
        line.title: line.value for group in parameter_groups(rulebook_v1()) for line in group.lines
    }
    assert lines["Confirmed firms"] == "15"
    assert lines["Times the national share of jobs, small region"] == "1.50"
    assert lines["Or this share of the nation's jobs in it"] == "0.005"
    assert lines["Days to appeal"] == "30"
