"""Django settings, derived from the typed configuration of the installation."""

import secrets
from pathlib import Path

from binhyen.core.configuration import configuration, database_settings
from binhyen.core.configuration_checks import LEAST_SECRET_CHARACTERS, check_secret_key
from binhyen.core.mail import mail_settings
from binhyen.units import policy

_PACKAGE = Path(__file__).resolve().parent
_found = configuration()

DEBUG = False
SECRET_KEY = _found.secret_key
check_secret_key(_found)
if len(SECRET_KEY) < LEAST_SECRET_CHARACTERS:
    SECRET_KEY = secrets.token_urlsafe(50)
ALLOWED_HOSTS = sorted({_found.host, "127.0.0.1", "localhost"})
CSRF_TRUSTED_ORIGINS = [_found.public_url]
CSRF_FAILURE_VIEW = "binhyen.refused_forms.refused"
ROOT_URLCONF = "binhyen.urls"
ASGI_APPLICATION = "binhyen.asgi.application"

INSTALLED_APPS = [
    "binhyen.core",
    "binhyen.jobs",
    "binhyen.audit",
    "binhyen.vault",
    "binhyen.units",
    "binhyen.printing",
    "binhyen.channels",
    "binhyen.inbox",
    "binhyen.procedures",
    "binhyen.consumers",
    "binhyen.groups",
    "binhyen.lost_found",
    "binhyen.outreach",
    "binhyen.cases",
    "binhyen.statistics",
    "binhyen.reviews",
    "binhyen.workflows",
    "binhyen.portal",
    "binhyen.console",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
]
MIDDLEWARE = [
    "binhyen.core.page_headers.page_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "binhyen.api.middleware.api_addresses",
    "binhyen.portal.middleware.PortalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "binhyen.console.middleware.ConsoleMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
            "string_if_invalid": "",
        },
    }
]

DATABASES = {"default": database_settings(_found)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "units.Officer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Signing in: django-allauth with its MFA; the numbers are binhyen.units.policy, the guard against guessing is ours.
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "binhyen.console.sign_in.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": None, "reauthenticate": None}
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(policy.FRESH_SECOND_FACTOR.total_seconds())
ACCOUNT_USER_DISPLAY = "binhyen.console.sign_in.display_name"
MFA_ADAPTER = "binhyen.console.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_RECOVERY_CODE_COUNT = policy.RECOVERY_CODE_COUNT
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "binhyen.console.second_factor.GuardedCodeForm",
    "reauthenticate": "binhyen.console.second_factor.GuardedFreshCodeForm",
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Mail to officers only, and only the neutral sentence of workflows.alerting.
EMAIL_BACKEND, _mail = mail_settings(_found.email_url)
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.host, _mail.port, _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.is_ssl, _mail.is_starttls
DEFAULT_FROM_EMAIL = _mail.sender or f"binhyen@{_found.host}"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [_PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["binhyen.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = _found.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _found.is_https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(policy.SESSION_LIMIT.total_seconds())
SECURE_SSL_REDIRECT = _found.is_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if _found.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _found.is_https
# "no-referrer" would make browsers send "Origin: null" with every form, which the CSRF check rightly refuses.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# Files of residents never lie in clear in a folder for temporary files: they stay in memory until they are sealed.
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "binhyen.core.logs.SingleLineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": _found.log_level},
    # The request line would carry what a resident asked; counts live in the product instead (G13).
    "loggers": {
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        # It names what it finds inside residents' files.
        "pikepdf": {"level": "CRITICAL"},
        "uvicorn.access": {"level": "WARNING"},
    },
}
