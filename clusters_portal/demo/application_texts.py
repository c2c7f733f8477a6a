"""What the demo groups write in their applications."""

from __future__ import annotations

from collections.abc import Mapping

Answers = Mapping[str, Mapping[str, str | bool]]


def answers_for(*, cluster: str, region: str, city: str) -> Answers:
    """Return complete answers for every section but the certification."""
    return {**_what_it_is(cluster.lower(), region, city), **_WHAT_IT_DOES}


def _what_it_is(industry: str, region: str, city: str) -> Answers:
    return {
        "cluster": {
            "summary": (
                f"Firms around {city} that make, supply and serve {industry}, with the colleges "
                "that train their workers. About half of what the end producers buy comes from "
                "other members within a two-hour drive."
            ),
            "belonging": (
                f"The end producers buy materials, equipment and testing from members in {region}; "
                "three of them share a laboratory that none could pay for alone. "
                "Skilled workers move between members, and most were trained at the "
                "same two colleges. Suppliers that serve several producers pass on what they "
                "learn: that is how a new process spread through the region in a year."
            ),
            "beyond_data": (
                "Four young firms that build software for the producers are counted as business "
                "services and do not appear in the cluster's figures."
            ),
        },
    }


_WHAT_IT_DOES: Answers = {
    "working-together": {
        "ties": (
            "A shared apprenticeship with 46 places a year; a joint order book for "
            "maintenance; a supplier day each spring at which 31 firms met new buyers last year."
        ),
        "small_firms": (
            "Firms with fewer than fifty workers hold five of twelve board seats, pay the "
            "lowest dues and may ask the board to waive them. Minutes go to every member."
        ),
    },
    "government": {
        "needs": (
            "A bridge on the freight route whose weight limit adds 40 miles to each heavy "
            "load; recognition of the apprenticeship across the state line; quarterly figures "
            "on vacancies by skill."
        ),
        "partners": (
            "The county has opened its testing track to members two days a month since 2024."
        ),
    },
    "plans": {
        "goals": (
            "1. Raise apprenticeship places from 46 to 90 (enrolment lists). 2. Ten suppliers "
            "certified to the new standard (certificates). 3. Two more producers using the "
            "shared laboratory (log book). 4. Freight route open to heavy loads (permit)."
        ),
        "first_year": (
            "Hire a training coordinator (75,000 dollars, from dues); map the suppliers' "
            "certification gaps with the college; hold four supplier days."
        ),
    },
    "statements": {"open_admission": True, "antitrust": True, "collective": True},
}


QUESTIONS = (
    "Your roster names a testing laboratory as a firm and as an institution. Which one counts?",
    "Please say how many of the 46 apprenticeship places were filled last year.",
)
REPLIES = (
    "Count it as a firm. The college that runs the training rooms signs for itself.",
    "Forty-one of the forty-six; the list of the state's apprenticeship office shows the names.",
)
RECOMMENDATION = (
    "All five criteria are met on the pinned figures. The roster is broad, the board is balanced, "
    "and the governments concerned have signed. I recommend designation for the full term."
)
RATIONALE = (
    "The evidence shows a concentration well above the national share, a broad and open group, and "
    "governments that will answer it. I have read the application and the determination, and took "
    "no part in the review."
)
DENIAL = (
    "The published figures, also at their upper bound, stay below what the rulebook asks for a "
    "region of this size, and no further evidence was offered."
)
WITHDRAWAL = "Two large members asked us to wait until the new training hall is open."
