"""The portal's settings for pytest, which reads them before any conftest: test mode, and as the owner, who makes the database.

Every connection of a test then steps down to the role of the web process (see conftest).
"""

import os

os.environ.setdefault("MODUS", "test")
os.environ.setdefault("PROCES_ROL", "eigenaar")
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"  # for the processes that tests start

from portal.settings import *  # noqa: F403  (the same settings, in an environment for tests)

DOCUMENTEN_ROOT = VAR_DIR / "test" / "documenten"  # noqa: F405  (from the portal's settings)
# Otherwise every `Client()` of a test reads all static files again: half of the time of a short request.
WHITENOISE_AUTOREFRESH = True
