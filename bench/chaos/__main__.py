"""`make chaos`. Ends with code 1 when anything is not as it must be; the figures go into bench/results.md."""

import os
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from bench.chaos.huis import Huis, huis  # noqa: E402
from bench.chaos.keuring import Uitslag, judge, look_before  # noqa: E402
from bench.chaos.mensen import Mens, Notities, Wijkteamlid, Zorgcoordinator  # noqa: E402
from bench.chaos.moord import Moordenaar  # noqa: E402
from bench.resultaten import write_section  # noqa: E402

SECONDS = 180.0
TERMIJNEN = 60
GOED = "Nothing lost, nothing twice: one owner per open casus, T0 where it was."
ZCS, TEAMLEDEN = 3, 2
#: After the last kill: longer than Celery beat's pause between two sweeps, and the time in which a runner starts anything anew.
RUST = 60.0
#: So long somebody tries again before they say that nothing answers any more.
GEDULD = 180.0
#: A mail that a worker held when it died is free again after its lease of three minutes; nobody waits for that here.
NA_DE_LEASE = timedelta(minutes=4)


@dataclass(frozen=True)
class Verloop:
    """What was done to it, and how it came out."""

    seconden: float
    gedood: dict[str, int]
    opnieuw: int
    uitslag: Uitslag

    @property
    def kills(self) -> int:
        return sum(self.gedood.values())


def run(seconds: float, *, seed: int, pauze: tuple[float, float] = (2.0, 6.0), rust: float = RUST, minstens: int = 0) -> Verloop:
    """Kill for so many seconds. People go home then, or once they began `minstens` casussen: a slow machine takes longer."""
    with huis() as here:
        here.start()
        notities, naar_huis, genoeg = Notities(), threading.Event(), threading.Event()
        with here.database() as cursor:
            vooraf = look_before(cursor, termijnen=TERMIJNEN, seconds=seconds)
        give_up = time.monotonic() + seconds + rust + GEDULD
        people: list[Mens] = [Zorgcoordinator(n, here.url, notities, klaar=naar_huis, einde=give_up) for n in range(ZCS)]
        people += [Wijkteamlid(n, here.url, notities, klaar=naar_huis, einde=give_up) for n in range(TEAMLEDEN)]
        killer = Moordenaar(here, genoeg, seed=seed, pauze=pauze)
        for thread in (*people, killer):
            thread.start()
        time.sleep(seconds)
        genoeg.set()
        while len(notities.begonnen) < minstens and time.monotonic() < give_up - GEDULD / 2:
            time.sleep(0.2)
        naar_huis.set()
        killer.join()
        for person in people:
            person.join(max(1.0, give_up - time.monotonic()))
        settle(here, rust)
        with here.database() as cursor:
            uitslag = judge(cursor, here.var / "mail", vooraf, notities, kills=sum(killer.gedood.values()))
        return Verloop(seconds, dict(killer.gedood), sum(p.browser.opnieuw for p in people), uitslag)


def settle(here: Huis, rust: float) -> None:
    """Let it come to rest by itself, and then do what beat would, once the leases of the dead are over."""
    time.sleep(rust)
    here.manage("sweep")
    later = datetime.now(UTC) + NA_DE_LEASE
    here.manage("sweep", "--now", later.isoformat())


def lines(verloop: Verloop) -> list[str]:
    uit = verloop.uitslag
    kinds = ", ".join(f"{naam} {aantal}" for naam, aantal in sorted(verloop.gedood.items()))
    return [
        f"By `make chaos`: {verloop.seconden:.0f} s with {ZCS} zorgcoördinatoren and {TEAMLEDEN} team members at work over HTTP,",
        f"on the real `manage.py start`; {verloop.kills} processes ended with SIGKILL ({kinds}).",
        "",
        "| what | figure | must be | |",
        "|---|---|---|---|",
        f"| casussen submitted, each there once | {uit.casussen} | all | {'met' if not uit.fouten else 'see below'} |",
        f"| steps taken, each recorded once | {uit.stappen} | all | |",
        f"| deadlines that passed, each reminded once | {uit.herinneringen} | {TERMIJNEN} | |",
        f"| mails sent and arrived | {uit.meldingen} | all | |",
        f"| mails that arrived twice, same Message-ID | {uit.herhaald} | ≤ {verloop.kills} (one per kill) | |",
        f"| requests sent again by people | {verloop.opnieuw} | – | |",
        "",
        *([f"- FAILED: {fout}" for fout in uit.fouten] or [GOED]),
    ]


def main() -> None:
    seconds = float(os.environ.get("CHAOS_SECONDS", SECONDS))
    seed = int(os.environ.get("CHAOS_SEED", str(int(time.time()))))
    verloop = run(seconds, seed=seed)
    text = [*lines(verloop), f"(seed {seed})"]
    sys.stdout.write("\n".join(text) + "\n")
    write_section("Faults under load", text)
    sys.exit(1 if verloop.uitslag.fouten else 0)


if __name__ == "__main__":
    main()
