"""What reviewers and the chair of the demo world write."""

from __future__ import annotations

# One for each reviewer of a proposal, by how good the proposal is.
STRENGTHS = {
    "high": (
        (
            "The need is shown with figures of members themselves, and every step of the work "
            "answers to it. Small firms lead two of the four working groups."
        ),
        (
            "Clear milestones with proof that anybody can check. The match is signed by two givers "
            "who had no part in the group before."
        ),
        "The proposal builds on studies that exist and says what is missing in them.",
    ),
    "middle": (
        (
            "The subject matters to the region, and the members who prepared the proposal are of "
            "every kind."
        ),
        "The promises of match are signed. The person who leads the work has done it before.",
        "A useful first step for a young group, at a fair price.",
    ),
    "low": (
        "The group works together well, and its match is promised in full.",
        "The question is worth asking, and the partners know the plants.",
        "The costs are explained line by line.",
    ),
}
WEAKNESSES = {
    "high": (
        "The time for interviews is short.",
        "The proposal does not say who keeps the results up to date after the grant.",
        "Some more firms from the southern counties should take part.",
    ),
    "middle": (
        "Half of the steps would be done anyway.",
        "It stays open who decides between the variants, and by when.",
        "The plan of work names tasks, and for some of them nobody who carries them.",
    ),
    "low": (
        "The steps do not follow from the need that is described.",
        "The studies exist already for two neighboring regions.",
        "Small firms are told of results; they shape none of them.",
    ),
}
# One for each criterion of the notice.
REASONS = {
    "high": (
        "Each step answers a need that members put in figures.",
        "Firms of all sizes and both colleges have tasks of their own.",
        "Both givers have signed, and the group kept what it promised at its designation.",
    ),
    "middle": (
        "Most of it follows from the need, though two steps would be done anyway.",
        "Large firms carry the work; smaller ones are heard at two meetings.",
        "The match is signed. The group is young and has little to show so far.",
    ),
    "low": (
        "The link between the need and the work is not shown.",
        "One organization plans for the others.",
        "The match is signed, yet no staff is named for most of the work.",
    ),
}
NOTE = "I would like to hear from the others how they read the milestones."
CHAIR_POST = (
    "Your scores for this proposal lie close to the line. Please say what you think of the plan "
    "of work: do the steps follow from the need?"
)
POSTS = (
    (
        "I scored the plan lower because two of the studies exist already for neighboring regions. "
        "If the group can use them, the plan is stronger than I thought."
    ),
    (
        "Page three says that the studies are used and not made again. I missed that at first as "
        "well. I stay with my score."
    ),
    "That settles my doubt. I raise my score for the plan by one point.",
)
RESCORED = "The group uses studies that exist and does not make them again; I had missed that."
DECLINED = "I am away during most of the time for reviews."
WAIVER = (
    "The reviewer works for another unit of a large member and has no part in its work with the "
    "group. Nothing of the grant goes to that unit."
)
RATIONALE = (
    "The ranked list was followed from the top. Ohio's money pays for the group in Ohio where one "
    "is in reach; federal money pays for the others until it is used up."
)
APPEAL = (
    "One of our three reviewers writes that our studies exist already for two neighboring "
    "regions. They do not: the two studies cover other industries, as our proposal says on the "
    "page about the plan of work."
)
