"""Pages that need more than one app."""

from django.urls import URLPattern, path

from clusters_portal.web.ui_kit import ui_kit

urlpatterns: list[URLPattern] = [
    path("ui-kit/", ui_kit, name="ui_kit"),
]
