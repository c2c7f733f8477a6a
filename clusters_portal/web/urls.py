"""Pages that need more than one app."""

from django.urls import URLPattern, path

from clusters_portal.web import health, home
from clusters_portal.web.dashboard import dashboard
from clusters_portal.web.demo_people import be_somebody
from clusters_portal.web.ui_kit import ui_kit

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("asked/", home.asked, name="asked"),
    path("about/", home.about, name="about"),
    path("dashboard/", dashboard, name="dashboard"),
    path("demo/be/<slug:key>/", be_somebody, name="be_somebody"),
    path("ui-kit/", ui_kit, name="ui_kit"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("health/skew", health.skew, name="health_skew"),
]
