"""Doors of applications, as their groups use them."""

from django.urls import path

from certification.web import (
    application_sections,
    application_signing,
    application_turn,
    applications,
)

G = "groups/<reference:group>/applications/"
A = "applications/<reference:application>/"

urlpatterns = [
    path(G, applications.group_applications, name="group_applications"),
    path(G + "start/", applications.start, name="start_application"),
    path(A, applications.application, name="application"),
    path(A + "sections/<slug:section>/", application_sections.section, name="application_section"),
    path(
        A + "sections/<slug:section>/autosave/",
        application_sections.autosave,
        name="autosave_section",
    ),
    path(A + "preview/", applications.preview, name="application_preview"),
    path(A + "certify/", application_signing.certify, name="certify_application"),
    path(A + "certify/sign/", application_signing.sign, name="sign_application"),
    path(A + "submit/", application_signing.submit, name="submit_application"),
    path(A + "receipt/", applications.receipt, name="application_receipt"),
    path(A + "receipt.pdf", applications.receipt_pdf, name="receipt_pdf"),
    path(A + "answer/", application_turn.answer, name="answer_application"),
    path(A + "answer/send/", application_turn.send_answer, name="send_answer"),
    path(A + "withdraw/", application_signing.withdraw, name="withdraw_application"),
    path(A + "history/", applications.history, name="application_history"),
]
