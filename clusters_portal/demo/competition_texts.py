"""What people of the demo world write about competitions."""

FACTORS = (
    "Groups in states where no planning grant was given in the last two years may be preferred "
    "between proposals of nearly equal scores."
)
QUESTION = "May a community college be the convening organization of the plan?"
ANSWER = (
    "Yes. Any convening organization of a Designated Cluster may lead, as long as firms hold the "
    "seats that the designation rests on."
)
WAITING = "Does travel to members in other counties count as match in kind?"
LIMIT_REASON = "Several groups asked for more room to describe their plan of work."
