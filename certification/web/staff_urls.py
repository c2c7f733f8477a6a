"""Doors of staff: queue, case, verbs, decisions, publications; and the applicant's debrief."""

from django.urls import path

from certification.web import (
    debrief,
    publication_desk,
    staff_case,
    staff_decide,
    staff_findings,
    staff_keeping,
    staff_queue,
    staff_verbs,
)

C = "staff/cases/<reference:application>/"
P = "staff/publications/"

urlpatterns = [
    path("staff/cases/", staff_queue.queue, name="staff_queue"),
    path(C, staff_case.case, name="staff_case"),
    path(C + "application/", staff_case.application_text, name="staff_application"),
    path(C + "record/", staff_case.record, name="staff_record"),
    path(C + "keeping/", staff_keeping.keeping, name="staff_keeping"),
    path(C + "letters/<reference:letter>.pdf", staff_case.case_letter_pdf, name="case_letter_pdf"),
    path(C + "open/", staff_verbs.open_first_look, name="staff_open_intake"),
    path(C + "accept/", staff_verbs.accept, name="staff_accept"),
    path(C + "ask/", staff_verbs.ask, name="staff_ask"),
    path(C + "not-eligible/", staff_verbs.ineligible, name="staff_ineligible"),
    path(C + "not-eligible/check/", staff_verbs.ineligible_check, name="staff_ineligible_check"),
    path(C + "findings/<str:test>/", staff_findings.write, name="staff_finding"),
    path(C + "findings/<int:finding>/check/", staff_findings.check, name="staff_finding_check"),
    path(C + "recommend/", staff_verbs.recommend_designation, name="staff_recommend"),
    path(C + "propose-denial/", staff_verbs.propose, name="staff_propose_denial"),
    path(C + "designate/", staff_decide.designate_group, name="staff_designate"),
    path(C + "deny/", staff_decide.deny_group, name="staff_deny"),
    path(C + "return/", staff_decide.return_to_review, name="staff_return"),
    path(C + "publish/", publication_desk.prepare, name="prepare_release"),
    path(C + "publish/<int:publication>/", publication_desk.publication, name="publication"),
    path(
        C + "publish/<int:publication>/release/",
        publication_desk.release_now,
        name="release_publication",
    ),
    path(
        C + "publish/<int:publication>/discard/",
        publication_desk.discard,
        name="discard_publication",
    ),
    path(P, publication_desk.desk, name="publication_desk"),
    path(
        "applications/<reference:application>/debrief/",
        debrief.debrief,
        name="debrief",
    ),
]
