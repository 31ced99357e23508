"""Settings of the portal, read from the environment.

Every value can be set by an environment variable; a secret also by `X_FILE`, the path of a file that holds it.
Without DATABASE_URL and REDIS_URL the portal starts its own servers (see `portal.embedded`).
"""

from pathlib import Path

from portal.api.instellingen import API_PER_MINUUT, API_VERSION, REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401  (settings)
from portal.csp import CSP
from portal.env import database_from_url, env, one_of, refuse_unsafe, secret
from portal.logboek import logging_config
from portal.rooster import BEAT_SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

# --- Mode -------------------------------------------------------------------------------------------------------
# A database of your own means production unless MODUS says otherwise; the embedded one is for demo and test only.
MODUS = env.str("MODUS", "productie" if secret("DATABASE_URL", "") else "demo", validate=one_of("productie", "demo", "test"))
DEMO = MODUS == "demo"
TEST = MODUS == "test"
DEBUG = env.bool("DEBUG", False)
DEMO_SECRET_KEY = "alleen-voor-demo-en-test-nooit-in-productie-0123456789abcdefghijkl"  # noqa: S105  (refused in production)
SECRET_KEY = secret("SECRET_KEY", DEMO_SECRET_KEY if MODUS != "productie" else None)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"] if MODUS != "productie" else [])
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{env.int('PORT', 8000)}")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL])

# --- The house --------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "kern",
    "gebieden",
    "scholen",
    "zorgaanbod",
    "wijkteams",
    "toegang",
    "casussen",
    "portal",
    "portal.beheer.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "portal.middleware.RequestLogMiddleware",
    "portal.health.HealthMiddleware",
    "portal.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "toegang.middleware.SessieMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "toegang.middleware.KijkerMiddleware",
    "casussen.middleware.InzageMiddleware",
    "portal.nul.NulMiddleware",
    "portal.methode.MethodeMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "portal.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.context.site",
            ],
            "builtins": ["portal.templatetags.portal_tags"],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------------------------
# PROCES_ROL is the database role this process works as: eigenaar (migrates), web or taak (may not alter anything).
PROCES_ROL = env.str("PROCES_ROL", "web", validate=one_of("eigenaar", "web", "taak"))
DATABASE_URL = secret("DATABASE_URL", "")
REDIS_URL = secret("REDIS_URL", "")
if DATABASE_URL:
    DATABASES = {"default": database_from_url(DATABASE_URL, PROCES_ROL)}
else:
    from portal.embedded.settings import embedded_database

    DATABASES = {"default": embedded_database(VAR_DIR, PROCES_ROL)}
if not REDIS_URL:
    from portal.embedded.settings import embedded_broker_url

    REDIS_URL = embedded_broker_url(VAR_DIR, database=1 if TEST else 0)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kern_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Work in the background -------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # worker and beat wait for as long as the broker is gone
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1 if PROCES_ROL == "web" else 30,
    "socket_connect_timeout": 1,
    "visibility_timeout": 600,
    "max_retries": 0 if PROCES_ROL == "web" else None,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- Mail -------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend" if MODUS == "productie" else "kern.mail.EmlBackend",
)
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Aanspreekpunt <noreply@aanspreekpunt.example>")

# --- Sign-in ----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "toegang.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "naam"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "toegang.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login"
# A whole school may share one address, so limits per address are wide and those per account are narrow.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 4 * 3600
SESSIE_INACTIEF = 60 * env.int("SESSIE_INACTIEF_MINUTEN", 60)
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "toegang.views.csrf.csrf_failure"

# --- Security ---------------------------------------------------------------------------------------------------
HTTPS = env.bool("HTTPS", MODUS == "productie")
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
ACHTER_PROXY = env.bool("ACHTER_PROXY", False)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ACHTER_PROXY else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ACHTER_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP}

# --- Language, files, logs --------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Production serves what `collectstatic` gathered, under hashed names; demo and test serve straight from static/.
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles") if MODUS == "productie" else None
WHITENOISE_USE_FINDERS = MODUS != "productie"
WHITENOISE_AUTOREFRESH = DEBUG
_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC if MODUS == "productie" else "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "media"
# Documents of casussen: outside everything that is served, read through the check of `casussen.views.documenten` only.
DOCUMENTEN_ROOT = env.path("DOCUMENTEN_ROOT", VAR_DIR / "documenten")
CLAMAV_HOST = env.str("CLAMAV_HOST", "")  # empty: documents are not scanned for viruses
CLAMAV_PORT = env.int("CLAMAV_PORT", 3310)
PDOK_URL = env.str("PDOK_URL", "")  # asks newer addresses at PDOK; empty: never (gebieden.pdok)
EDITIE_GEVOLGEN = ["wijkteams.queries.describe_touched"]  # who has something to say after another editie (gebieden.gevolgen)
LOGGING_CONFIG = None
logging_config(env.str("LOG_LEVEL", "WARNING" if TEST else "INFO"), last_words=PROCES_ROL != "eigenaar")

if MODUS == "productie":
    refuse_unsafe(
        secret_keys=[SECRET_KEY, *SECRET_KEY_FALLBACKS],
        demo_secret=DEMO_SECRET_KEY,
        debug=DEBUG,
        database_url=DATABASE_URL,
        redis_url=secret("REDIS_URL", ""),
    )
