"""Contacts with the family: that they were, for the school; with the note, for the team that made it. And the after-care."""

from casussen.blik import Blik
from casussen.models import Casus, Contactmoment, Nazorg
from casussen.queries.tijdlijn.basis import Gebeurd, Snede, name_of, someone, told
from casussen.woorden import in_days


def contacts(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not blik.reads:
        return []
    rows = Contactmoment.objects.filter(casus=casus).select_related("door")
    if not blik.school and blik.wijkteam_id is not None:
        rows = rows.filter(wijkteam_id=blik.wijkteam_id)
    return [_contact(contact, blik) for contact in snede.newest(rows, "vastgelegd_op")]


def _contact(contact: Contactmoment, blik: Blik) -> Gebeurd:
    outcome = "" if contact.gelukt else " Het is niet gelukt om contact te krijgen."
    own_note = blik.wijkteam_id is not None and blik.wijkteam_id == contact.wijkteam_id and not blik.school
    return Gebeurd(
        op=contact.vastgelegd_op,
        soort="contact",
        tekst=f"Contact op {in_days(contact.datum)}: {contact.get_soort_display()}.{outcome}",
        wie=str(contact.door),
        details=(("Notitie van uw team", contact.notitie),) if own_note and contact.notitie else (),
        alleen_team=own_note and bool(contact.notitie),
    )


def after_care(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:  # noqa: ARG001  (one row in a ronde)
    """Somebody asked how it goes, after the casus was closed."""
    if not blik.reads:
        return []
    return [
        Gebeurd(
            nazorg.gedaan_op,
            "nazorg",
            f"{someone(nazorg.gedaan_door, 'Iemand')} vroeg hoe het nu gaat.",
            wie=name_of(nazorg.gedaan_door),
            details=told(("Zo gaat het", nazorg.hoe_gaat_het)),
        )
        for nazorg in Nazorg.objects.filter(casus=casus, gedaan_op__isnull=False).select_related("gedaan_door")
        if nazorg.gedaan_op is not None
    ]
