"""Doors of reports."""

from django.urls import path

from grants.web import reports, staff_reports

A = "awards/<reference:award>/reports/"
R = A + "<reference:report>/"
S = "staff/awards/<reference:award>/reports/"
Q = S + "<reference:report>/"

urlpatterns = [
    path(A, reports.reports, name="reports"),
    path(R, reports.report, name="report"),
    path(R + "write/", reports.write_report, name="write_report"),
    path(R + "autosave/", reports.autosave_report, name="autosave_report"),
    path(R + "sign/", reports.sign_report, name="sign_report"),
    path(S, staff_reports.reports, name="staff_reports"),
    path(Q, staff_reports.report, name="staff_report"),
    path(Q + "review/", staff_reports.review, name="review_report"),
    path("staff/reports/", staff_reports.desk, name="report_desk"),
]
