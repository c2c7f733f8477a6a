"""Every door of grants."""

from django.urls import URLPattern, URLResolver

from grants.web.competitions_urls import urlpatterns as competitions

app_name = "grants"
urlpatterns: list[URLPattern | URLResolver] = [
    *competitions,
]
