"""Every door of the portal."""

from django.urls import include, path, register_converter

from kit.references import ReferenceConverter
from records.exports import ExportFormConverter

register_converter(ReferenceConverter, "reference")
register_converter(ExportFormConverter, "export_form")

from accounts.web.allauth_doors import open_allauth_doors  # noqa: E402 - after the converter

urlpatterns = [
    path("", include("clusters_portal.web.urls")),
    path("", include("accounts.urls")),
    path("", include("records.urls")),
    path("", include("mapping.urls")),
    path("", include("certification.urls")),
    path("", include("grants.urls")),
    path("api/v1/", include("clusters_portal.api_urls")),
    path("accounts/", include(open_allauth_doors())),
]

handler400 = "clusters_portal.web.errors.bad_request"
handler404 = "clusters_portal.web.errors.not_found"
handler500 = "clusters_portal.web.errors.server_error"
handler403 = "clusters_portal.web.errors.forbidden"
