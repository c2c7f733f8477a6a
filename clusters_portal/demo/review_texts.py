"""What reviewers and the chair of the demo world write."""

from __future__ import annotations

STRENGTHS = {
    "high": "The need is shown with figures of members themselves, and every step of the work "
    "answers to it. Small firms lead two of the four working groups.",
    "middle": "The subject matters to the region, and the members who prepared the proposal are "
    "of every kind. The promises of match are signed.",
    "low": "The group works together well, and its match is promised in full.",
}
WEAKNESSES = {
    "high": "The time for interviews is short. The proposal does not say who keeps the results "
    "up to date after the grant.",
    "middle": "Half of the steps would be done anyway. It stays open who decides between the "
    "variants, and by when.",
    "low": "The steps do not follow from the need that is described, and the studies exist "
    "already for two neighboring regions. Small firms are told of results; they shape none.",
}
REASONS = {
    "high": "Each step answers a need that members put in figures.",
    "middle": "Most of it follows from the need, though two steps would be done anyway.",
    "low": "The link between the need and the work is not shown.",
}
CAPACITY = "Two of the three people named work full time elsewhere."
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
