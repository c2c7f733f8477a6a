"""Doors of the SF-425 of a financial report."""

from django.urls import URLPattern, path

from grants.web import financial_report

A = "awards/<reference:award>/reports/<reference:report>/form"
S = "staff/awards/<reference:award>/reports/<reference:report>/form"
FILE = "<int:number>.<export_form:form>"
PDF = "<int:number>.pdf"
LINE = "<int:number>/<slug:line>/"
urlpatterns: list[URLPattern] = [
    path(f"{A}/<int:number>/", financial_report.statement, name="statement"),
    path(f"{A}/{LINE}", financial_report.statement_line, name="statement_line"),
    path(f"{A}/{PDF}", financial_report.statement_pdf, name="statement_pdf"),
    path(f"{A}/{FILE}", financial_report.statement_file, name="statement_file"),
    path(f"{S}/<int:number>/", financial_report.staff_statement, name="staff_statement"),
    path(f"{S}/{LINE}", financial_report.staff_statement_line, name="staff_statement_line"),
    path(f"{S}/{PDF}", financial_report.staff_statement_pdf, name="staff_statement_pdf"),
    path(f"{S}/{FILE}", financial_report.staff_statement_file, name="staff_statement_file"),
]
