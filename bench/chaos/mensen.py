"""The people: zorgcoördinatoren who submit and answer, team members who confirm and ask. They write down what they were told.

Whoever sees an error tries again with the same form, as a person does who presses the button once more. What somebody was told
had happened must have happened once: that is what `bench.chaos.keuring` holds them to.
"""

import queue
import re
import threading
from dataclasses import dataclass, field
from datetime import date

from bench.chaos.browser import Browser, Opgegeven, Pagina
from portal.demo import DEMO_DOMEIN, DEMO_WACHTWOORD
from portal.demo.accounts import SCHOOL

VERHAAL = {
    "krachten": {"krachten": "Maakt graag muziek; oma helpt."},
    "hulpvraag": {"hulpvraag": "Rust thuis, en weer elke dag naar school."},
}


@dataclass
class Notities:
    """What everybody saw with their own eyes. Lists and dicts of Python are safe to add to from threads."""

    #: The key of a new casus, and the numbers it was answered with: one, however often it was asked.
    begonnen: dict[str, set[str]] = field(default_factory=dict)
    aangemeld: dict[str, str] = field(default_factory=dict)
    gedaan: list[tuple[str, str]] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)
    te_ontvangen: "queue.SimpleQueue[str]" = field(default_factory=queue.SimpleQueue)
    te_beantwoorden: "queue.SimpleQueue[str]" = field(default_factory=queue.SimpleQueue)


class Mens(threading.Thread):
    """Works until it is time to go home, and finishes what was begun."""

    #: The demo account they sign in with.
    naam: str

    def __init__(self, nr: int, url: str, notities: Notities, *, klaar: threading.Event, einde: float) -> None:
        super().__init__(name=f"{self.naam}-{nr}", daemon=True)
        self.nr, self.notities, self.klaar = nr, notities, klaar
        self.browser = Browser(url, f"{self.naam}@{DEMO_DOMEIN}", DEMO_WACHTWOORD, einde)
        self.count = 0

    def run(self) -> None:
        try:
            self.browser.sign_in()
            while self.work() or not self.klaar.wait(0.2):
                pass
        except Opgegeven as path:
            self.notities.fouten.append(f"{self.name} kreeg geen antwoord meer op {path}")
        except Exception as error:  # noqa: BLE001  (a person who cannot go on is a finding, not a crash)
            self.notities.fouten.append(f"{self.name}: {type(error).__name__}: {error}")

    def work(self) -> bool:
        """One piece of work; False when there is none, or when it is time to stop beginning anything new."""
        raise NotImplementedError

    def step(self, nummer: str, actie: str, **typed: str) -> bool:
        """Take a step. A refusal after a lost answer means that it was taken, or that somebody else did: the page says so."""
        page = self.browser.get(f"/casussen/{nummer}/{actie}")
        if page.status == 200:
            page = self.browser.send(page, **typed)
        if page.status not in {200, 409}:
            raise RuntimeError(f"{actie} van {nummer}: {page.status} op {page.pad}")
        self.notities.gedaan.append((nummer, actie))
        return True


class Zorgcoordinator(Mens):
    """Answers first, then submits the next pupil."""

    naam = "zc"

    def work(self) -> bool:
        if not self.notities.te_beantwoorden.empty():
            try:
                return self.step(self.notities.te_beantwoorden.get_nowait(), "beantwoorden", antwoord="Deze drie afspraken.")
            except queue.Empty:
                pass
        if self.klaar.is_set():
            return False
        self.submit()
        return True

    def submit(self) -> None:
        self.count += 1
        browser, today = self.browser, date.today().isoformat()  # noqa: DTZ011  (the day on the wall)
        page = browser.get("/casussen/nieuw")
        key = page.velden["verzoek_sleutel"]
        page = browser.send(page, vestiging=f"{SCHOOL}00", postcode="2037RB", huisnummer=str(2 + 2 * (self.count % 20)))
        nummer = self._number(page)
        self.notities.begonnen.setdefault(key, set()).add(nummer)
        typed = {
            "leerling": {
                "leerlingnummer": f"C{self.nr}-{self.count}",
                "voornaam": "Voorbeeld",
                "achternaam": "Testleerling",
                "geboortedatum": "2012-05-17",
            },
            "adres": {},
            **VERHAAL,
            "toestemming": {"ouders_geinformeerd_op": today, "toestemming_gever": "beide", "toestemming_op": today},
        }
        for stap, values in typed.items():
            page = browser.send(browser.get(f"/casussen/{nummer}/aanmelden/{stap}"), **values)
            if page.status != 200:
                raise RuntimeError(f"stap {stap} van {nummer}: {page.status}")
        page = browser.send(browser.get(f"/casussen/{nummer}/aanmelden/controleren"))
        if page.pad != f"/casussen/{nummer}":
            raise RuntimeError(f"aanmelden van {nummer}: {page.status} op {page.pad}")
        self.notities.aangemeld[key] = nummer
        self.notities.te_ontvangen.put(nummer)

    @staticmethod
    def _number(page: Pagina) -> str:
        found = re.match(r"/casussen/(\d{4}-\d{6,7})/", page.pad)
        if found is None:
            raise RuntimeError(f"een nieuwe casus: {page.status} op {page.pad}")
        return found[1]


class Wijkteamlid(Mens):
    """Confirms what came in, and asks the school one thing."""

    naam = "wijkteam"

    def work(self) -> bool:
        try:
            nummer = self.notities.te_ontvangen.get(timeout=0.2)
        except queue.Empty:
            return False
        self.step(nummer, "ontvangen")
        if self.step(nummer, "vragen", vraag="Welke afspraken zijn er gemaakt?"):
            self.notities.te_beantwoorden.put(nummer)
        return True
