"""C2: enough firms, of different kinds, none of them dominating, small ones among them."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from certification.rules.judging import Test, judge, judge_nothing
from certification.rules.participants import FIRM_ROLE_WANTED, FIRM_ROLE_WORDS, FirmRole
from certification.rules.results import TestResult
from certification.rules.rulebook import Rulebook
from certification.rules.wording import count_word, counted, listed, percent_text, whole_text
from mapping.rules.bounds import Bounds

NO_FIRM = "No firm has confirmed yet."
INVITE = "Invite firms and ask them to confirm."


@dataclass(frozen=True)
class FirmFacts:
    """One confirmed firm. ``is_small`` is None where the firm has not said.

    ``family`` names the corporate family; empty for a firm that stands alone.
    """

    role: FirmRole
    is_small: bool | None
    votes: int
    family: str = ""


@dataclass(frozen=True)
class DiversityFacts:
    """The confirmed firms, and the votes that other members hold."""

    firms: tuple[FirmFacts, ...]
    other_votes: int = 0


def diversity(facts: DiversityFacts, rulebook: Rulebook) -> tuple[TestResult, ...]:
    """The five tests of C2, in the order of the rulebook."""
    return (
        _number(facts, rulebook),
        _roles(facts, rulebook),
        _largest_role(facts, rulebook),
        _largest_family(facts, rulebook),
        _small_firms(facts, rulebook),
    )


def _number(facts: DiversityFacts, rulebook: Rulebook) -> TestResult:
    line = rulebook.floor("c2.firms", is_count=True)
    firms = len(facts.firms)
    verb = "has" if firms == 1 else "have"
    test = Test(
        id="C2.firms",
        title="Confirmed firms",
        citation=rulebook.citation("c2.firms"),
        sentence=(
            f"{count_word(firms).capitalize()} {'firm' if firms == 1 else 'firms'} {verb} "
            f"confirmed; {whole_text(line.line)} are needed."
        ),
        gap=f"Add {counted(_short(line.line, firms), 'firm')}.",
    )
    return judge(test, Bounds.exact(firms), line)


def _roles(facts: DiversityFacts, rulebook: Rulebook) -> TestResult:
    line = rulebook.floor("c2.roles", is_count=True)
    held = {firm.role for firm in facts.firms}
    missing = [FIRM_ROLE_WANTED[role] for role in FirmRole if role not in held]
    short = _short(line.line, len(held))
    example = listed(missing[:short])
    test = Test(
        id="C2.roles",
        title="Different roles of firms",
        citation=rulebook.citation("c2.roles"),
        sentence=(
            f"The firms fill {counted(len(held), 'role')} out of {len(FirmRole)}; "
            f"{whole_text(line.line)} are needed."
        ),
        gap=f"Add firms in {counted(short, 'other role')}, for example {example}.",
    )
    return judge(test, Bounds.exact(len(held)), line)


def _largest_role(facts: DiversityFacts, rulebook: Rulebook) -> TestResult:
    line = rulebook.ceiling("c2.largest_role")
    key, title = "c2.largest_role", "Balance between roles"
    citation = rulebook.citation(key)
    if not facts.firms:
        return judge_nothing(Test("C2.largest_role", title, citation, NO_FIRM, INVITE), line)
    counts = Counter(firm.role for firm in facts.firms)
    # Ties by the order of the list of roles, so that the sentence is always the same.
    role = max(FirmRole, key=lambda one: counts[one])
    share = Fraction(counts[role], len(facts.firms))
    more = _needed_others(counts[role], len(facts.firms), line.line)
    test = Test(
        id="C2.largest_role",
        title=title,
        citation=citation,
        sentence=(
            f"The most frequent role, {FIRM_ROLE_WORDS[role].lower()}, is held by "
            f"{percent_text(share, against=line.line)} of the firms; "
            f"at most {percent_text(line.line)} are allowed."
        ),
        gap=f"Add {counted(more, 'firm')} in other roles.",
    )
    return judge(test, Bounds.exact(share), line)


def _largest_family(facts: DiversityFacts, rulebook: Rulebook) -> TestResult:
    line = rulebook.ceiling("c2.largest_family")
    title = "No corporate family dominates"
    citation = rulebook.citation("c2.largest_family")
    votes = sum(firm.votes for firm in facts.firms) + facts.other_votes
    if not facts.firms or not votes:
        sentence = "No firm with a vote has confirmed yet."
        return judge_nothing(Test("C2.largest_family", title, citation, sentence, INVITE), line)
    largest = _largest_family_votes(facts.firms)
    share = Fraction(largest, votes)
    more = _needed_others(largest, votes, line.line)
    test = Test(
        id="C2.largest_family",
        title=title,
        citation=citation,
        sentence=(
            f"The largest corporate family holds {percent_text(share, against=line.line)} of the "
            f"votes; at most {percent_text(line.line)} are allowed."
        ),
        gap=f"Add {counted(more, 'vote')} held by others, or give that family fewer votes.",
    )
    return judge(test, Bounds.exact(share), line)


def _small_firms(facts: DiversityFacts, rulebook: Rulebook) -> TestResult:
    line = rulebook.floor("c2.small_firms")
    title = "Small firms take part"
    citation = rulebook.citation("c2.small_firms")
    total = len(facts.firms)
    if not total:
        return judge_nothing(Test("C2.small_firms", title, citation, NO_FIRM, INVITE), line)
    small = sum(firm.is_small is True for firm in facts.firms)
    silent = sum(firm.is_small is None for firm in facts.firms)
    share = Bounds(Fraction(small, total), Fraction(small, total), Fraction(small + silent, total))
    sentence = (
        f"{percent_text(share.value, against=line.line)} of the firms are small; "
        f"{percent_text(line.line)} are needed."
    )
    if silent:
        has = "has" if silent == 1 else "have"
        sentence += f" {count_word(silent).capitalize()} {has} not given a size."
    test = Test(
        id="C2.small_firms",
        title=title,
        citation=citation,
        sentence=sentence,
        gap=f"Add {counted(_needed_small(small, total, line.line), 'small firm')}.",
    )
    return judge(test, share, line)


def _largest_family_votes(firms: tuple[FirmFacts, ...]) -> int:
    families: Counter[str] = Counter()
    alone = 0
    for firm in firms:
        if firm.family:
            families[firm.family] += firm.votes
        else:
            alone = max(alone, firm.votes)
    return max(alone, *families.values()) if families else alone


def _short(line: Fraction, have: int) -> int:
    """How many more whole units reach a line."""
    missing = max(Fraction(0), line - have)
    return -(-missing.numerator // missing.denominator)


def _needed_others(part: int, whole: int, line: Fraction) -> int:
    """How many others must come so that ``part`` is at most ``line`` of the whole."""
    needed = part / line - whole if line else Fraction(0)
    return max(0, -(-needed.numerator // needed.denominator))


def _needed_small(small: int, total: int, line: Fraction) -> int:
    """How many small firms must come so that small ones are at least ``line`` of all."""
    if line >= 1:
        return 0
    needed = (line * total - small) / (1 - line)
    return max(0, -(-needed.numerator // needed.denominator))
