"""Every door of certification."""

from django.urls import URLPattern, URLResolver

from certification.web.applications_urls import urlpatterns as applications
from certification.web.criteria_urls import urlpatterns as criteria
from certification.web.groups_urls import urlpatterns as groups
from certification.web.register_urls import urlpatterns as register
from certification.web.staff_urls import urlpatterns as staff

app_name = "certification"
urlpatterns: list[URLPattern | URLResolver] = [
    *applications,
    *criteria,
    *groups,
    *register,
    *staff,
]
