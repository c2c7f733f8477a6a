"""The strip chart keeps order and never leaves the drawing."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from certification.rules.peer_strip import MARGIN, WIDTH, strip
from mapping.rules.bounds import Bounds

quotients = st.fractions(min_value=0, max_value=80, max_denominator=50)


@given(st.lists(quotients, max_size=70), st.tuples(quotients, quotients, quotients), quotients)
def test_everything_lies_inside_and_in_order(peers, own, line):
    low, value, high = sorted(own)
    found = strip(peers, Bounds(low, value, high), line)
    places = [*found.dots, found.low, found.value, found.high, found.line, found.one]
    assert all(MARGIN <= place <= WIDTH - MARGIN for place in places)
    assert list(found.dots) == sorted(found.dots)
    assert found.low <= found.value <= found.high
    assert len(found.dots) == len(peers)
    assert 2 <= len(found.ticks) <= 9


def test_a_distant_area_stands_at_the_edge_and_is_counted():
    peers = [Fraction(1)] * 99 + [Fraction(60)]
    found = strip(peers, Bounds.exact(2), Fraction(3, 2))
    assert found.beyond == 1
    assert found.dots[-1] == WIDTH - MARGIN
    assert found.line < found.value


def test_without_peers_there_is_still_an_axis():
    found = strip([], Bounds.exact(0), Fraction(3, 2))
    assert found.dots == ()
    assert [tick.label for tick in found.ticks] == ["0", "0.5", "1", "1.5", "2"]
