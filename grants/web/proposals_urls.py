"""Doors of proposals: those of a group, and those of givers without an account."""

from django.urls import path

from grants.web import (
    give,
    late_leaves,
    proposal_lists,
    proposal_sections,
    proposal_signing,
    proposals,
    start_proposal,
)

P = "proposals/<reference:proposal>/"
G = P + "match/<reference:commitment>/"

urlpatterns = [
    path("proposals/", start_proposal.proposals, name="proposals"),
    path("proposals/start/<reference:competition>/", start_proposal.start, name="start_proposal"),
    path(P, proposals.proposal, name="proposal"),
    path(P + "sections/<slug:section>/", proposal_sections.section, name="proposal_section"),
    path(
        P + "sections/<slug:section>/autosave/",
        proposal_sections.autosave,
        name="autosave_proposal",
    ),
    path(P + "people/", proposal_lists.people, name="proposal_people"),
    path(P + "people/<int:person>/out/", proposal_lists.remove_person, name="unname_person"),
    path(P + "subawards/", proposal_lists.subrecipients, name="proposal_subrecipients"),
    path(
        P + "subawards/<int:partner>/out/",
        proposal_lists.remove_subrecipient,
        name="unname_subrecipient",
    ),
    path(P + "match/", proposal_lists.match, name="proposal_match"),
    path(G + "ask/", proposal_lists.ask, name="ask_giver"),
    path(G + "out/", proposal_lists.take_out, name="take_out_giver"),
    path(P + "preview/", proposals.preview, name="proposal_preview"),
    path(P + "certify/", proposal_signing.certify, name="proposal_certify"),
    path(P + "certify/sign/", proposal_signing.sign, name="proposal_sign"),
    path(P + "submit/", proposal_signing.submit, name="proposal_submit"),
    path(P + "receipts/", proposals.receipts, name="proposal_receipts"),
    path(P + "receipts/<reference:receipt>/", proposals.receipt, name="proposal_receipt"),
    path(
        P + "receipts/<reference:receipt>.pdf", proposals.receipt_pdf, name="proposal_receipt_pdf"
    ),
    path(P + "revise/", proposal_signing.revise, name="proposal_revise"),
    path(P + "keep/", proposal_signing.keep, name="proposal_keep"),
    path(P + "withdraw/", proposal_signing.withdraw, name="proposal_withdraw"),
    path(P + "history/", proposals.history, name="proposal_history"),
    path(
        "staff/competitions/<reference:competition>/late/",
        late_leaves.late_leaves,
        name="late_leaves",
    ),
    path("give/done/", give.given, name="given"),
    path("give/<str:token>/", give.give, name="give"),
    path("give/<str:token>/code/", give.code, name="give_code"),
]
