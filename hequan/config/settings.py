"""Settings of one installation, all from the environment; README lists the variables."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

from hequan.config.home import environment, home, secret_key
from hequan.config.logs import logging_settings
from hequan.config.providers import sign_in_providers

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home()
SECRETS = environment()  # the environment, with what ..._FILE names read from its file


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


SECRET_KEY = secret_key()
DEBUG = _flag("HEQUAN_DEBUG")
ALLOWED_HOSTS = os.environ.get("HEQUAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SECURE_REDIRECT_EXEMPT = [
    r"^healthz$",
    r"^readyz$",
    r"^metrics$",
]  # a balancer asks over plain HTTP
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("HEQUAN_ORIGINS", "").split(",") if o]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("HEQUAN_PROXY") else None
TLS = _flag("HEQUAN_TLS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
# __Host-: the browser takes the cookie over TLS only, from this very host, for every path
SESSION_COOKIE_NAME = "__Host-session" if TLS else "sessionid"
CSRF_FAILURE_VIEW = "hequan.web.gate.form_without_token"
CSRF_COOKIE_NAME = "__Host-csrf" if TLS else "csrftoken"
# Fronts whose X-Forwarded-For is believed: with HEQUAN_PROXY one on this machine, unless named
_FRONTS = os.environ.get("HEQUAN_TRUSTED_PROXIES", "127.0.0.1,::1" if _flag("HEQUAN_PROXY") else "")
TRUSTED_PROXIES = [one.strip() for one in _FRONTS.split(",") if one.strip()]

INSTALLED_APPS = [
    "hequan.config",
    "hequan.core",
    "hequan.territory",  # before people: imports are listed in this order
    "hequan.people",
    "hequan.stations",
    "hequan.roster",
    "hequan.cases",
    "hequan.demo",
    "hequan.api",
    "hequan.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "ninja",
    # sign-in (web/account): our templates stand before theirs
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.weixin",
    "hequan.web.account.wecom",
]
MIDDLEWARE = [
    "hequan.web.access_log.AccessLogMiddleware",
    "hequan.web.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hequan.web.security.ContentSecurityMiddleware",
    "hequan.web.gate.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hequan.web.preferences.PreferencesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "hequan.web.account.standing.SignedInMiddleware",
    "hequan.web.board.behalf.ActingMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hequan.web.limits.LimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hequan.web.gate.FirstStartMiddleware",
]
ROOT_URLCONF = "hequan.config.urls"
WSGI_APPLICATION = "hequan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            # a page names a hundred addresses and says two hundred words: each worked out once
            "builtins": ["hequan.web.templatetags.quick_url"],
            "libraries": {"i18n": "hequan.web.templatetags.quick_i18n"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hequan.web.preferences.context",
            ],
        },
    }
]

# docs/decisions/0007-survival.md tells why these
POSTGRES: dict[str, Any] = {
    "pool": {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 0},
    "connect_timeout": 5,
    "server_side_binding": True,  # a statement met before is neither parsed nor planned again
    "prepare_threshold": 2,
    # jit: compiling the many sums of a page of figures takes longer than adding them up
    "options": "-c statement_timeout=120000 -c lock_timeout=20000"
    " -c idle_in_transaction_session_timeout=300000"
    " -c jit=off",
}
SQLITE: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;"
    f" PRAGMA synchronous={os.environ.get('HEQUAN_SQLITE_SYNC', 'FULL')};"
    " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456",
}


def _database() -> dict[str, Any]:
    found: dict[str, Any] = dict(
        dj_database_url.parse(SECRETS.get("DATABASE_URL") or f"sqlite:///{HOME / 'hequan.sqlite3'}")
    )
    if found["ENGINE"].endswith("sqlite3"):
        return found | {"OPTIONS": SQLITE | found.get("OPTIONS", {}), "CONN_MAX_AGE": None}
    return found | {
        "ENGINE": "hequan.config.postgresql",
        "OPTIONS": POSTGRES | found.get("OPTIONS", {}),
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
AUTH_USER_MODEL = "core.Account"
AUTHENTICATION_BACKENDS = [
    "hequan.web.account.backend.SessionBackend",  # whose session it is
    "django.contrib.auth.backends.ModelBackend",  # passwords
]
LOGIN_URL = "web:sign-in"
LOGIN_REDIRECT_URL = "web:landing"
LOGOUT_REDIRECT_URL = "web:home"
SESSION_ENGINE = "hequan.core.sign_in.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # until somebody signs in; then sign_in.session.* of the rule values
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves

# Sign-in: our pages over allauth's flows. Officers need a second factor unless it is only offered.
SECOND_FACTOR = os.environ.get("HEQUAN_SECOND_FACTOR", "required")
ACCOUNT_ADAPTER = "hequan.web.account.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _flag("HEQUAN_TLS") else "http"
ACCOUNT_RATE_LIMITS = False  # ours are shared by all processes: core/limits.py
SOCIALACCOUNT_ADAPTER = "hequan.web.account.adapters.ProviderAdapter"
SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_PROVIDERS = sign_in_providers(SECRETS)
MFA_ADAPTER = "hequan.web.account.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "hequan"
MFA_TOTP_TOLERANCE = 1  # half a minute either way: phones' clocks differ
MFA_ALLOW_UNVERIFIED_EMAIL = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("HEQUAN_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages name them by what they hold
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "jpg", "gz", "br", "woff2", "map")  # maps: seconds
MEDIA_ROOT = HOME / "uploads"
NETWORKS_ROOT = HOME / "networks"
KEYRING = os.environ.get("HEQUAN_KEYRING") or str(HOME / "keyring.json")
AUDIT_ROOT = HOME / "audit"
SETUP_CODE = HOME / "setup_code"
# Nightly backups: a folder, how many are kept, and the file with the passphrase they are sealed by.
BACKUPS_ROOT = os.environ.get("HEQUAN_BACKUPS", "")
BACKUPS_KEPT = int(os.environ.get("HEQUAN_BACKUPS_KEPT", "14"))
BACKUPS_PASSPHRASE_FILE = os.environ.get("HEQUAN_BACKUPS_PASSPHRASE_FILE", "")
# Gateways: by channel console, file or http; the last with an address and a secret of its own
_CHANNELS = ("sms", "mail", "weixin", "wecom")
GATEWAYS = {c: os.environ.get(f"HEQUAN_{c.upper()}_GATEWAY", "console") for c in _CHANNELS}
GATEWAY_ADDRESSES = {c: os.environ.get(f"HEQUAN_{c.upper()}_GATEWAY_URL", "") for c in _CHANNELS}
GATEWAY_SECRETS = {c: SECRETS.get(f"HEQUAN_{c.upper()}_GATEWAY_SECRET", "") for c in _CHANNELS}
OUTGOING_ROOT = HOME / "outgoing"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = 200 * 1000 * 1000
PHOTOS_MAX_BYTES = 130 * 1000 * 1000  # six of the largest; one too large is refused by its name
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Map background: none by default, nothing is loaded from outside. A tile source is an approved
# map's URL with {z}/{x}/{y}; its text names the map's approval number (审图号).
MAP_TILES_URL = os.environ.get("HEQUAN_MAP_TILES_URL", "")
MAP_TILES_TEXT = os.environ.get("HEQUAN_MAP_TILES_TEXT", "")

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Sub-domains are the town's to answer for, and a browser's preload list is not left in a day
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SILENCED_SYSTEM_CHECKS += ["templates.W003"]  # that `i18n` names two libraries is meant
METRICS_TOKEN = SECRETS.get("HEQUAN_METRICS_TOKEN", "")
LOGGING = logging_settings(os.environ.get("HEQUAN_LOG", "text"))
