"""Every door of certification."""

from django.urls import URLPattern, URLResolver

from certification.web.groups_urls import urlpatterns as groups

app_name = "certification"
urlpatterns: list[URLPattern | URLResolver] = [*groups]
