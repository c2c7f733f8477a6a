"""Doors of the public register."""

from django.urls import path

from certification.web import certificates, register, register_feed, register_history

R = "register/<reference:designation>/"

urlpatterns = [
    path("register/", register.register_list, name="register"),
    path("register/register.<export_form:form>", register.register_file, name="register_file"),
    path("register/refusals/", register.register_denials, name="register_denials"),
    path("register/check/", certificates.check, name="check_certificate"),
    path(R + "check/", certificates.check_designation, name="check_designation"),
    path(R + "certificate.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path(R + "certificate.json", certificates.certificate_json, name="certificate_json"),
    path(R + "standing.json", certificates.standing, name="standing"),
    path(".well-known/jwks.json", certificates.keys, name="signing_keys"),
    path("register/register.atom", register_feed.register_feed, name="register_feed"),
    path("register/releases/", register_history.releases, name="register_releases"),
    path("register/corrections/", register_history.corrections, name="register_corrections"),
    path(
        "register/<reference:designation>/versions/",
        register_history.entry_history,
        name="register_history",
    ),
    path(
        "register/<reference:designation>/versions/<int:version>/",
        register_history.entry_version,
        name="register_version",
    ),
    path("register/<reference:designation>/", register.register_entry, name="register_entry"),
    path(
        "register/<reference:designation>/entry.json",
        register.register_entry_json,
        name="register_entry_json",
    ),
]
