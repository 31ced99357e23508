"""What Celery beat asks, and how often.

Beat only asks 'what is due?': a missed turn is caught up, a double one finds nothing to do.
Every message expires before the next one of its kind, so that a queue nobody reads does not fill up.
"""

from typing import Any

from celery.schedules import crontab


def _every(task: str, seconds: float) -> dict[str, Any]:
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


def _nightly(task: str, hour: int, minute: int) -> dict[str, Any]:
    return {"task": task, "schedule": crontab(hour=hour, minute=minute), "options": {"expires": 6 * 3600}}


BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "herinneringen": _every("casussen.tasks.verstuur_herinneringen", 60),
    "consulten": _every("casussen.tasks.herinner_consulten", 60),
    "hartslag": _every("portal.tasks.beat_hartslag", 30),
    "meldingen": _every("kern.tasks.verstuur_meldingen", 15),
    "edities": _every("wijkteams.tasks.activeer_geplande_edities", 300),
    "cijfers": _nightly("portal.tasks.ververs_cijfers", 4, 20),
    "bulkroutering": _every("wijkteams.tasks.werk_bulkroutering", 30),
    "klassenlijsten": _every("scholen.tasks.veeg_klassenlijsten", 30),
    "verzuim": _nightly("scholen.tasks.maak_verzuimsignalen", 5, 40),
    "kennismakingen": _nightly("casussen.tasks.tip_kennismakingen", 7, 30),
    "mijlpalen": _nightly("casussen.tasks.kondig_mijlpalen_aan", 6, 10),
    "nazorg": _nightly("casussen.tasks.vraag_nazorg", 6, 20),
    "wachttijden": _nightly("portal.tasks.bewaak_wachttijden", 7, 40),
    "onderwijszorg": _nightly("casussen.tasks.herinner_onderwijszorg", 6, 50),
    "virusscan": _every("casussen.tasks.scan_documenten", 120),
    "documenten": _nightly("casussen.tasks.veeg_documenten", 3, 40),
    "wachten_op_hulp": _nightly("casussen.tasks.signaleer_wachttijden", 6, 40),
    "fusies": _nightly("portal.tasks.verwerk_fusies", 0, 20),
    "sessies": _nightly("toegang.tasks.ruim_sessies_op", 3, 10),
}
