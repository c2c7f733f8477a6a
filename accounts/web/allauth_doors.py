"""allauth's views behind the portal's gates: only the doors that we use are open."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, path, re_path
from django.urls.resolvers import RegexPattern

from accounts.gates import View, gate, public, signed_in
from accounts.permissions.second_step import keeps_second_step
from accounts.web.profile import addresses, passkeys

PUBLIC = frozenset(
    {
        "account_login",
        "account_signup",
        "account_email_verification_sent",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_confirm_email",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
)
SIGNED_IN = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
    }
)


def open_allauth_doors() -> list[URLPattern]:
    """Return allauth's routes, each with its gate; unknown ones stay closed."""
    found = [*_flat("", account_urls.urlpatterns), *_flat("2fa/", mfa_urls.urlpatterns)]
    doors = []
    for prefix, pattern in found:
        if pattern.name in PUBLIC:
            view = public(_own(pattern.callback))
        elif pattern.name in SIGNED_IN:
            view = gate(signed_in)(pattern.callback)
        elif pattern.name in {"account_change_password", "account_set_password"}:
            view = gate(signed_in, fresh=True)(pattern.callback)
        elif pattern.name == "mfa_remove_webauthn":
            view = gate(keeps_second_step, fresh=True)(pattern.callback)
        else:
            continue
        doors.append(_route(prefix, pattern, view))
    # allauth sends people there who have nothing to confirm; addresses are shown with the details.
    doors.append(path("email/", addresses, name="account_email"))
    # ... and there after renaming or removing a passkey: they stand with the rest.
    doors.append(path("2fa/webauthn/", passkeys, name="mfa_list_webauthn"))
    return doors


def _own(callback: View) -> View:
    # Marking a view must not mark allauth's own function, which others may import.
    @wraps(callback)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
        return callback(request, *args, **kwargs)

    return door


def _flat(prefix: str, patterns: list[URLPattern | URLResolver]) -> list[tuple[str, URLPattern]]:
    rows: list[tuple[str, URLPattern]] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            rows += _flat(prefix + str(pattern.pattern), pattern.url_patterns)
        else:
            rows.append((prefix, pattern))
    return rows


def _route(prefix: str, pattern: URLPattern, view: View) -> URLPattern:
    if isinstance(pattern.pattern, RegexPattern):
        regex = "^" + prefix.replace("^", "") + str(pattern.pattern).lstrip("^")
        return re_path(regex, view, name=pattern.name)
    return path(prefix + str(pattern.pattern), view, name=pattern.name)
