"""A worker process for the race tests: `python -m tests.kern.worker kill` dies between claim and send, `send` does its work."""

import os
import signal
import sys

import django

django.setup()

from kern import klok, outbox  # noqa: E402
from kern.models import Melding  # noqa: E402

if __name__ == "__main__":
    if sys.argv[1] == "kill":
        claim = outbox.claim

        def claim_and_die(**kwargs: object) -> list[Melding]:
            claimed = claim(now=klok.now())
            sys.stdout.write(f"{len(claimed)}\n")
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)
            return claimed

        outbox.claim = claim_and_die
    sys.stdout.write(f"{outbox.send_pending(now=klok.now()).verzonden}\n")
