"""Every door of grants."""

from django.urls import URLPattern, URLResolver

from grants.web.competitions_urls import urlpatterns as competitions
from grants.web.panels_urls import urlpatterns as panels
from grants.web.proposals_urls import urlpatterns as proposals

app_name = "grants"
urlpatterns: list[URLPattern | URLResolver] = [
    *competitions,
    *panels,
    *proposals,
]
