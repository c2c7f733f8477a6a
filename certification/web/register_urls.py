"""Doors of the public register."""

from django.urls import path

from certification.web import register

urlpatterns = [
    path("register/", register.register_list, name="register"),
    path("register/register.<export_form:form>", register.register_file, name="register_file"),
    path("register/refusals/", register.register_denials, name="register_denials"),
    path("register/<reference:designation>/", register.register_entry, name="register_entry"),
    path(
        "register/<reference:designation>/entry.json",
        register.register_entry_json,
        name="register_entry_json",
    ),
]
