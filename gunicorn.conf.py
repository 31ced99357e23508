"""How gunicorn runs the portal: `gunicorn portal.wsgi` finds this file by itself. WEB_CONCURRENCY and PORT change it."""

import os
from typing import Any

from gunicorn.glogging import Logger

from portal.logboek import logging_config


class JsonLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own lines in our format, and no access log: it would hold query strings (see `portal.logboek`)."""

    def setup(self, _cfg: Any) -> None:
        self.loglevel = 20
        self.error_log.handlers = []
        self.error_log.propagate = True
        self.access_log.handlers = []
        self.access_log.propagate = False
        logging_config(os.environ.get("LOG_LEVEL", "INFO"), last_words=True)

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """RequestLogMiddleware writes the line."""

    def reopen_files(self) -> None:
        """There are none: logs go to stderr."""

    def close_on_exec(self) -> None:
        """Nothing is open."""


bind = [f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"]
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
preload_app = True
threads = int(os.environ.get("WEB_THREADS", "4"))
# Threads wait for the database most of the time; a process is replaced now and then, so that a slow leak never matters.
max_requests = 20_000
max_requests_jitter = 2_000
timeout = 60
graceful_timeout = 10
keepalive = 5
forwarded_allow_ips = "*" if os.environ.get("ACHTER_PROXY") else "127.0.0.1"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112  (only a heartbeat file)
logger_class = JsonLogger
control_socket_disable = True
proc_name = "aanspreekpunt-web"
