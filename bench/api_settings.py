"""The settings of the portal with one address more: the empty view that routing is measured against."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "bench.api_urls"
#: The bench is a loop that ran wild, on purpose.
API_PER_MINUUT = 10**9
