"""Every door of accounts but allauth's."""

from django.urls import include, path

from accounts.web import (
    addresses,
    identity,
    jobs,
    kept_text,
    officers,
    own_data,
    profile,
    saved_views,
    sessions,
)

app_name = "accounts"
urlpatterns = [
    path("account/", profile.profile, name="profile"),
    path("account/address/", addresses.change_address, name="change_address"),
    path("account/address/confirm/", addresses.confirm_address, name="confirm_address"),
    path("account/address/keep/", addresses.drop_address, name="drop_address"),
    path("jobs/<reference:job>/", jobs.job, name="job"),
    path("jobs/<reference:job>/stop/", jobs.stop_job, name="stop_job"),
    path("account/views/", saved_views.saved_views, name="saved_views"),
    path("account/views/save/", saved_views.save, name="save_view"),
    path("account/views/rename/", saved_views.rename, name="rename_view"),
    path("account/views/open/", saved_views.open_with, name="open_with_view"),
    path("account/views/delete/", saved_views.delete, name="delete_view"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/end/", sessions.end, name="end_session"),
    path("account/sessions/end-others/", sessions.end_others, name="end_other_sessions"),
    path("account/clock/", sessions.clock, name="session_clock"),
    path("account/clock/stay/", sessions.stay, name="session_stay"),
    path("account/data/", own_data.own_data, name="own_data"),
    path("account/data/download/", own_data.download, name="download_own_data"),
    path("account/close/", own_data.close, name="close_account"),
    path("accounts/identity/", identity.start, name="identity_start"),
    path("accounts/identity/link/", identity.link, name="identity_link"),
    path("accounts/identity/answer/", identity.answer, name="identity_answer"),
    path("accounts/identity/unlink/", identity.unlink, name="identity_unlink"),
    path("account/kept-text/", kept_text.kept_text, name="kept_text"),
    path("account/kept-text/forget/", kept_text.forget_text, name="forget_text"),
    path("", include("accounts.organization_urls")),
    path("staff/agencies/<reference:agency>/officers/", officers.officers, name="officers"),
    path(
        "staff/agencies/<reference:agency>/officers/give/", officers.grant_role, name="grant_role"
    ),
    path("staff/agencies/<reference:agency>/officers/end/", officers.end_role, name="end_role"),
]
