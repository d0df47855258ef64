"""One file of settings. Everything that may differ between installations comes from the environment."""

import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from dondoc.foundation import env

ROOT = Path(__file__).resolve().parents[1]
DONDOC_HOME = Path(env.text("DONDOC_HOME", "var")).resolve()
DONDOC_HOME.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """The given key, or one made once and kept beside the data."""
    kept = DONDOC_HOME / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return env.text("SECRET_KEY", kept.read_text(encoding="ascii"))


def _database(url: str) -> dict[str, object]:
    """``sqlite:///path`` or ``postgresql://user:password@host:port/name?option=value``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path) or DONDOC_HOME / "dondoc.sqlite3",
            "TEST": {"NAME": DONDOC_HOME / "test.sqlite3"},
            # Django's defaults lose writes under load: writers queue at BEGIN and wait instead.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, object] = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "CONN_MAX_AGE": 60,
            "OPTIONS": options,
        }
    raise ValueError(url)


def _storage(url: str) -> dict[str, object]:
    """``file:///folder`` or ``s3://bucket?endpoint=https://…`` (keys from the usual AWS_* variables)."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": unquote(parts.path), "base_url": None, "file_permissions_mode": 0o640},
        }
    if parts.scheme == "s3" and parts.netloc:
        endpoint = parse_qs(parts.query).get("endpoint", [None])[-1]
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {"bucket_name": parts.netloc, "endpoint_url": endpoint, "querystring_auth": True},
        }
    raise ValueError(url)


def _mail(url: str) -> dict[str, object]:
    """``console://``, ``file:///folder``, ``memory://`` or ``smtp[s]://user:password@host:port``."""
    parts = urlsplit(url)
    kinds = {"console": "console", "file": "filebased", "memory": "locmem", "smtp": "smtp", "smtps": "smtp"}
    return {
        "EMAIL_BACKEND": f"django.core.mail.backends.{kinds[parts.scheme]}.EmailBackend"
        if parts.scheme in kinds
        else _wrong(url),
        "EMAIL_FILE_PATH": unquote(parts.path),
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def _wrong(url: str) -> str:
    raise ValueError(url)


def _public_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(url)
    return f"{parts.scheme}://{parts.netloc}"


DEBUG = env.flag("DEBUG", False)
SECRET_KEY = _secret_key()
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, least=1, most=65535)
PUBLIC_URL = env.parsed("PUBLIC_URL", f"http://{HOST}:{PORT}", _public_url, "địa chỉ http(s)://tên-máy")
SECURE = PUBLIC_URL.startswith("https://")
ORGANISATION = env.text("ORGANISATION", "UBND huyện Thanh Oai")
GALLERY = env.flag("GALLERY", not SECURE)
SAMPLE = env.flag("SAMPLE", True)

_here = urlsplit(PUBLIC_URL).hostname or "localhost"
ALLOWED_HOSTS = sorted({_here, HOST, "localhost", "127.0.0.1", "[::1]"} if not SECURE else {_here})
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "dondoc.config",
    "dondoc.desk",
    "dondoc.portal",
    "dondoc.reports",
    "dondoc.remediation",
    "dondoc.fieldwork",
    "dondoc.minutes",
    "dondoc.findings",
    "dondoc.sampling",
    "dondoc.inspections",
    "dondoc.programmes",
    "dondoc.criteria",
    "dondoc.directives",
    "dondoc.intakes",
    "dondoc.papers",
    "dondoc.people",
    "dondoc.units",
    "dondoc.files",
    "dondoc.audit",
    "dondoc.notices",
    "dondoc.jobs",
    "dondoc.ui",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dondoc.foundation.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "dondoc.foundation.middleware.everyone_signs_in",
    "dondoc.portal.editors.only_editors",
    "dondoc.foundation.middleware.refusals",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "dondoc.config.urls"
WSGI_APPLICATION = "dondoc.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "dondoc.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dondoc.config.furniture.furniture",
            ],
        },
    }
]

DATABASES = {
    "default": env.parsed("DATABASE_URL", "sqlite://", _database, "sqlite:///tệp hoặc postgresql://…"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES = {
    "default": env.parsed(
        "STORAGE_URL", f"file://{DONDOC_HOME}/files", _storage, "file:///thư-mục hoặc s3://kho?endpoint=…"
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = DONDOC_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = DONDOC_HOME / "files"
MEDIA_URL = "/tep/"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django's 300 would forget, under load, who has sent or tried too much.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

_mailing = env.parsed(
    "EMAIL_URL", f"file://{DONDOC_HOME}/mail", _mail, "console://, file:///thư-mục hoặc smtp://…"
)
EMAIL_BACKEND = str(_mailing["EMAIL_BACKEND"])
EMAIL_FILE_PATH = str(_mailing["EMAIL_FILE_PATH"])
EMAIL_HOST = str(_mailing["EMAIL_HOST"])
EMAIL_PORT = _mailing["EMAIL_PORT"]
EMAIL_HOST_USER = str(_mailing["EMAIL_HOST_USER"])
EMAIL_HOST_PASSWORD = str(_mailing["EMAIL_HOST_PASSWORD"])
EMAIL_USE_SSL = _mailing["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"don-doc@{_here}")

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = env.text("TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False  # {% number %} groups digits; keys in addresses never are
FORMAT_MODULE_PATH = ["dondoc.ui.formats"]
LOCALE_PATHS = [ROOT / "config" / "locale"]

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "dondoc.portal.editors.EditorBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/vao/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "dondoc.people.sign_in.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,50/15m/ip"}
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-phien" if SECURE else "phien"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("TRUSTED_PROXY", False) else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # a folder of papers sent without JavaScript
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT = 20 * 1024 * 1024

# What a paper's page lists below it: the register looks down the stairs only, so rooms above are named here.
RESTING_ON_PAPERS = [
    "dondoc.programmes.resting.papers_resting",
    "dondoc.criteria.resting.papers_resting",
    "dondoc.findings.resting.papers_resting",
]
"""Largest file taken from a person, in bytes (ux.md §7)."""

WAGTAIL_SITE_NAME = "Đôn Đốc"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H:%M"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": env.text("LOG_LEVEL", "WARNING", among=("DEBUG", "INFO", "WARNING", "ERROR")),
    },
}
