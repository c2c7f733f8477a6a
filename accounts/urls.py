"""Every door of accounts but allauth's."""

from django.urls import path

from accounts.web import officers, organizations, profile, saved_views

app_name = "accounts"
urlpatterns = [
    path("account/", profile.profile, name="profile"),
    path("account/views/", saved_views.saved_views, name="saved_views"),
    path("account/views/save/", saved_views.save, name="save_view"),
    path("account/views/rename/", saved_views.rename, name="rename_view"),
    path("account/views/open/", saved_views.open_with, name="open_with_view"),
    path("account/views/delete/", saved_views.delete, name="delete_view"),
    path("organizations/new/", organizations.new_organization, name="new_organization"),
    path(
        "organizations/<reference:organization>/", organizations.organization, name="organization"
    ),
    path(
        "organizations/<reference:organization>/invite/",
        organizations.invite_member,
        name="invite_member",
    ),
    path(
        "organizations/<reference:organization>/end-membership/",
        organizations.end_membership,
        name="end_membership",
    ),
    path(
        "organizations/<reference:organization>/answer/",
        organizations.answer_invitation,
        name="answer_invitation",
    ),
    path("staff/agencies/<reference:agency>/officers/", officers.officers, name="officers"),
    path(
        "staff/agencies/<reference:agency>/officers/give/", officers.grant_role, name="grant_role"
    ),
    path("staff/agencies/<reference:agency>/officers/end/", officers.end_role, name="end_role"),
]
