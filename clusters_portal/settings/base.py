"""What holds everywhere; demo, test and production say only how they differ."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from celery.schedules import schedule

ROOT = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django.contrib.postgres",
    "django_linear_migrations",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "crispy_forms",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "trail",
    "accounts",
    "records",
    "mapping",
    "certification",
    "grants",
    "clusters_portal",
]
FIRST_PARTY_APPS = ["trail", "accounts", "records", "mapping", "certification", "grants"]

MIDDLEWARE = [
    "clusters_portal.middleware.arrival.ArrivalMiddleware",
    "clusters_portal.middleware.front_headers.FrontHeadersMiddleware",
    "clusters_portal.middleware.request_id.RequestIdMiddleware",
    "clusters_portal.middleware.content_security.ContentSecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "clusters_portal.middleware.well_formed.WellFormedMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clusters_portal.middleware.private_pages.PrivatePagesMiddleware",
    "accounts.middleware.SessionClockMiddleware",
    "accounts.middleware.SignInRequiredMiddleware",
    "clusters_portal.middleware.reader_zone.ReaderZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clusters_portal.middleware.refusal_page.RefusalPageMiddleware",
]

ROOT_URLCONF = "clusters_portal.urls"
WSGI_APPLICATION = "clusters_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.sign_in",
                "clusters_portal.context.portal",
            ],
        },
    },
]


def database_from_url(url: str) -> dict[str, Any]:
    """Read ``postgresql://user:password@host:port/name?host=/socket/folder``."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**query},
    }


def text_of_file(path: str) -> str:
    """Read a secret's file; without a path there is no secret."""
    return Path(path).read_text(encoding="utf-8") if path else ""


# Web connections give up early; workers and commands have a login and limits of their own.
# A web process that hangs inside a transaction loses it, so that its locks hold nobody up.
WEB_TIMEOUTS = (
    "-c lock_timeout=3000 -c statement_timeout=5000 -c idle_in_transaction_session_timeout=15000"
)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "accounts.forms.passwords.GuessablePassword"},
    {"NAME": "accounts.forms.passwords.BreachedPassword"},
]
# The public list of breached passwords, ordered by hash; without it the other checks still hold.
BREACHED_PASSWORDS = os.environ.get("PORTAL_BREACHED_PASSWORDS", "")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.PortalAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.sign_up.SignUpQuestions"
ACCOUNT_FORMS = {
    "login": "accounts.forms.entrance.SignInForm",
    "signup": "accounts.forms.entrance.SignUpForm",
    "change_password": "accounts.forms.entrance.ChangePasswordForm",
    "set_password": "accounts.forms.entrance.FirstPasswordForm",
    "reset_password": "accounts.forms.entrance.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.entrance.NewPasswordForm",
    "confirm_email_verification_code": "accounts.forms.entrance.AddressCodeForm",
    "reauthenticate": "accounts.forms.entrance.ConfirmPasswordForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.entrance.SecondStepForm",
    "reauthenticate": "accounts.forms.entrance.ConfirmSecondStepForm",
    "activate_totp": "accounts.forms.entrance.SetUpAuthenticatorForm",
    "add_webauthn": "accounts.forms.passkeys.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.passkeys.RenamePasskeyForm",
    "login_webauthn": "accounts.forms.passkeys.PasskeySignInForm",
    "authenticate_webauthn": "accounts.forms.passkeys.PasskeyStepForm",
    "reauthenticate_webauthn": "accounts.forms.passkeys.ConfirmPasskeyForm",
}
MFA_ADAPTER = "accounts.adapter.PortalSecondStepAdapter"
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_LOGOUT_ON_GET = False
# Signing in with an OpenID Connect provider such as Login.gov; off while one of these is missing.
IDENTITY_NAME = os.environ.get("PORTAL_IDENTITY_NAME", "Login.gov")
IDENTITY_ISSUER = os.environ.get("PORTAL_IDENTITY_ISSUER", "")
IDENTITY_CLIENT = os.environ.get("PORTAL_IDENTITY_CLIENT", "")
IDENTITY_ACR = os.environ.get("PORTAL_IDENTITY_ACR", "urn:acr.login.gov:auth-only")
IDENTITY_KEY = text_of_file(os.environ.get("PORTAL_IDENTITY_KEY_FILE", ""))
IDENTITY_TRANSPORT = "accounts.identity_transport.fetch"
# Per visitor's address ("ip"), or per account ("key"; accounts/adapter.py says which key it is).
# Nothing here touches a sign-in that is open already.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "login_failed_account": "50/10m/key",
    "reset_password": "10/m/ip,5/h/key",
    "signup": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a finger, a face or a PIN: two factors in one
MFA_TOTP_TOLERANCE = 1  # clocks of telephones differ; a code still opens once (forms/entrance.py)
# A dangerous act asks who it is once more when the last answer is older than this.
FRESH_FOR = timedelta(minutes=10)
MFA_TOTP_ISSUER = "Clusters Portal"

# How long a sign-in lasts (accounts/rules/sessions.py). The portal itself counts, so the cookie may
# outlive the limits: the portal then still knows whose unsaved text a late form brings.
SESSION_IDLE_OFFICERS = timedelta(minutes=15)
SESSION_IDLE_OTHERS = timedelta(minutes=60)
SESSION_ABSOLUTE = timedelta(hours=12)
SESSION_WARNING = timedelta(minutes=2)
SESSION_COOKIE_AGE = int(timedelta(hours=24).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of their own
CSRF_FAILURE_VIEW = "clusters_portal.web.errors.csrf_failure"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["clusters_portal.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STATICFILES_DIRS: list[Any] = [
    ROOT / "static",
    ("uswds", ROOT / "node_modules" / "@uswds" / "uswds" / "dist"),
]
STATICFILES_FINDERS = [
    "clusters_portal.staticfiles.FolderFinder",
    "clusters_portal.staticfiles.AppFinder",
]

CRISPY_ALLOWED_TEMPLATE_PACKS = ["uswds"]
CRISPY_TEMPLATE_PACK = "uswds"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api_permissions.DenyByDefault"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["clusters_portal.json_answers.JsonAnswer"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api_limits.PerAddressLimit"],
    "DEFAULT_THROTTLE_RATES": {"address": "300/min"},
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "clusters_portal.problems.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Clusters Portal",
    "DESCRIPTION": "Public, read-only: the register of Designated Clusters and the cluster map.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "clusters_portal.api_schema.add_problems",
    ],
}

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1740
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # above the hard task limit, or a long task would run twice
    "unacked_restore_throttle": 1,
    "unacked_restore_interval": 5,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False  # the next round publishes again
CELERY_BEAT_SCHEDULE = {
    "send-due-effects": {
        "task": "trail.tasks.send_due_effects",
        "schedule": schedule(2.0),
        "options": {"expires": 10},  # no queue of sweeps builds up while workers are away
    },
    "seal-trail": {"task": "trail.tasks.seal_new_entries", "schedule": schedule(60.0)},
    "write-digests": {"task": "records.tasks.write_digests", "schedule": schedule(600.0)},
    "sweep-deadlines": {"task": "records.tasks.sweep_deadlines", "schedule": schedule(60.0)},
    "recheck-documents": {
        "task": "records.tasks.recheck_waiting_documents",
        "schedule": schedule(60.0),
    },
    "notice-cut-loads": {"task": "mapping.tasks.notice_cut_loads", "schedule": schedule(60.0)},
    "clear-sent-files": {"task": "mapping.tasks.clear_sent_files", "schedule": schedule(3600.0)},
    "sweep-quarantine": {"task": "records.tasks.sweep_quarantine", "schedule": schedule(3600.0)},
}

DOCUMENT_ROOT = ROOT / "var" / "documents"
# The virus scanner: unix:PATH or tcp:HOST:PORT. Without one every upload waits, readable by nobody.
SCANNER = os.environ.get("PORTAL_SCANNER", "")
FILE_UPLOAD_HANDLERS = [
    "records.upload_limits.UploadLimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FILES = 20
CACHE_ROOT = ROOT / "var" / "cache"
BORDERS_FILE = ROOT / "node_modules" / "us-atlas" / "counties-10m.json"
# Private halves of the keys that sign papers; in production a volume that only the portal reads.
SIGNING_KEYS = ROOT / "var" / "signing-keys"
SIGNING_KEYS_ON_DEMAND = False  # an operator makes the first one: rotate_signing_key
SEAL_JOURNAL = ROOT / "var" / "seals.jsonl"

EMAIL_TIMEOUT = 15  # a mail server that says nothing must not hold a worker
DEFAULT_FROM_EMAIL = "Clusters Portal <no-reply@clusters-portal.example>"
PORTAL_ADDRESS = os.environ.get("PORTAL_ADDRESS", "http://localhost:8000")
TRUSTED_FRONTS: frozenset[str] = frozenset()
IS_DEMO = False
DEMO_PASSWORD = ""  # demo credentials exist in the demo settings only
DEMO_TOTP_SECRET = ""

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "clusters_portal.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    # Beat wakes a sweeper every few seconds: that it ran is said once, not thrice.
    "loggers": {
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
