"""The API, version 1: public and read-only."""

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularAPIView

from accounts.gates import public
from certification.api.urls import urlpatterns as certification
from grants.api.urls import urlpatterns as grants
from mapping.api.urls import urlpatterns as mapping

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", public(SpectacularAPIView.as_view()), name="schema"),
    *certification,
    *grants,
    *mapping,
]
