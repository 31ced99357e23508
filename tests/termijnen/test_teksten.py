"""What the reminders say, and what they never say."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from casussen.actions.herinneringen import SOORT_REGIO, SOORT_VERWIJZER, SOORTEN, send_due_reminders
from casussen.keuzes import Urgentie
from casussen.tabel import TermijnRegel
from casussen.workflow import TERMIJNEN
from kern import outbox
from kern.bericht import subject_of
from kern.models import Melding
from kern.models.melding import Kanaal
from tests.factories.netwerk import LeerlingFactory
from tests.kern.conftest import mailbox
from tests.termijnen.conftest import Wereld, at

__all__ = ["mailbox"]

TEXTS = Path(django_settings.BASE_DIR) / "templates" / "meldingen"
MINE = [*SOORTEN.values(), SOORT_REGIO, SOORT_VERWIJZER]

#: Marked values: none of these may ever leave the portal by mail.
SECRETS = {
    "voornaam": "Xaviera",
    "achternaam": "Quintessens",
    "leerlingnummer": "LLNR-77123",
    "klas": "Klas-9Z",
    "postcode": "2037RB",
    "huisnummer": 8642,
}
STORY = {"hulpvraag": "Verhaal-over-thuis", "krachten": "Kracht-van-oma", "geprobeerd": "Gesprek-met-mentor"}


@pytest.mark.parametrize("soort", sorted({path.name.split(".")[0] for path in TEXTS.iterdir()} - {"basis"}))
def test_every_melding_has_its_three_texts(soort: str) -> None:
    for extension in ("subject.txt", "txt", "html"):
        assert (TEXTS / f"{soort}.{extension}").is_file()
    for extension in ("txt", "html"):
        assert (TEXTS / f"{soort}.{extension}").read_text(encoding="utf-8").startswith('{% extends "meldingen/basis.')


def test_every_step_of_the_ladder_has_a_text() -> None:
    assert all((TEXTS / f"{soort}.txt").is_file() for soort in MINE)


def sent(mailbox: Path) -> list[EmailMessage]:
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in sorted(mailbox.glob("*.eml"))]


def everything_said(mail: EmailMessage) -> str:
    parts = (mail.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    return "\n".join([str(mail["Subject"]), *(str(part.get_content()) for part in parts if part is not None)])


def test_mail_says_number_link_and_date_and_nothing_of_the_pupil(wereld: Wereld, mailbox: Path, settings: Any) -> None:
    settings.SITE_URL = "https://portaal.example"
    leerling = LeerlingFactory.create(vestiging=wereld.vestiging, **SECRETS)
    casus = wereld.casus(leerling=leerling, nummer="2026-004312", urgentie=Urgentie.SPOED, **STORY)
    wereld.termijn(casus=casus)
    wereld.termijn(casus=casus, eigenaar_soort="school")
    send_due_reminders(now=at("2026-12-16"))
    outbox.send_pending(now=at("2026-12-16"))
    mails = sent(mailbox)
    assert len(mails) == 13  # both ladders up to and including +8, with owners, deputies and the referrer
    people = [user.naam for user in wereld.cast.everyone.values()]
    for mail in mails:
        text = everything_said(mail)
        assert "2026-004312" in str(mail["Subject"])
        assert "https://portaal.example/casussen/2026-004312" in text
        assert "vr 4 dec" in text
        for secret in (*map(str, SECRETS.values()), "2037 RB", *STORY.values(), *people, wereld.cast.school_a.naam):
            assert secret not in text
    stored = str(list(Melding.objects.values_list("gegevens", flat=True)))
    assert not any(str(secret) in stored for secret in (*SECRETS.values(), *STORY.values(), *people))


def test_the_line_in_the_portal_is_the_subject_of_the_mail(wereld: Wereld, mailbox: Path) -> None:
    wereld.termijn(casus=wereld.casus(nummer="2026-004312"))
    send_due_reminders(now=at("2026-12-03"))
    outbox.send_pending(now=at("2026-12-03"))
    (mail,) = sent(mailbox)
    assert subject_of(Melding.objects.get(kanaal=Kanaal.PORTAAL)) == mail["Subject"]
    assert mail["Subject"] == "Casus 2026-004312: ontvangst bevestigen, uiterlijk vr 4 dec"


@pytest.mark.parametrize("soort", ["thuiszitter", "veiligheid"])
def test_what_is_no_news_for_a_mailbox_is_only_in_the_portal(wereld: Wereld, mailbox: Path, soort: str) -> None:
    """In every mail of the ladder, and also in what was stored before the text for a mail was there."""
    regel = TERMIJNEN[soort]
    wereld.termijn(casus=wereld.casus(nummer="2026-004312"), soort=soort, eigenaar_soort=regel.eigenaar, los=True)
    send_due_reminders(now=at("2026-12-16"))
    assert all(m.gegevens["wat"] == regel.wat for m in Melding.objects.all())
    outbox.send_pending(now=at("2026-12-16"))
    mails = [everything_said(mail) for mail in sent(mailbox)]
    assert {str(mail["Subject"]) for mail in sent(mailbox)} == {
        "Casus 2026-004312: een stap die in het portaal staat, uiterlijk vr 4 dec",
        "Casus 2026-004312: de termijn is voorbij (een stap die in het portaal staat)",
        "Casus 2026-004312: te laat (een stap die in het portaal staat)",
        "Casus 2026-004312 loopt vast (een stap die in het portaal staat)",
    }
    for text in mails:
        assert not {word for word in ("veilig", "terugkeer", "thuis", soort) if word in text.lower()}
    assert all(regel.wat in subject_of(line) for line in Melding.objects.filter(kanaal=Kanaal.PORTAAL))


@pytest.mark.parametrize("regel", TERMIJNEN.values(), ids=lambda regel: regel.soort)
def test_no_deadline_names_in_a_mail_what_it_may_not(regel: TermijnRegel) -> None:
    words = regel.wat_mail or regel.wat
    assert not [word for word in ("veilig", "gevaar", "thuis", "terugkeer", "verzuim") if word in words]


def test_six_weeks_of_silence_the_team_is_reminded_and_the_school_reads_what_is_late(wereld: Wereld, mailbox: Path) -> None:
    casus = wereld.casus(nummer="2026-004312")
    wereld.termijn(casus=casus, soort="terugkoppeling", los=True, vervalt_op=at("2026-12-04", "17:00"))
    send_due_reminders(now=at("2026-12-04", "17:01"))
    outbox.send_pending(now=at("2026-12-04", "17:01"))
    mails = {str(mail["To"]): mail for mail in sent(mailbox) if "lang niets gehoord" in str(mail["Subject"])}
    assert list(mails) == [wereld.cast.zoe.email]
    (mail,) = mails.values()
    assert mail["Subject"] == "Casus 2026-004312: lang niets gehoord; het team is eraan herinnerd"
    text = everything_said(mail)
    assert "minstens elke zes weken" in text
    assert "regiocoördinator heeft daarover bericht gekregen" not in text
    team = Melding.objects.filter(soort="herinnering_vervallen", kanaal=Kanaal.MAIL)
    assert team.exists()
    assert wereld.cast.zoe.email not in set(team.values_list("adres", flat=True))
