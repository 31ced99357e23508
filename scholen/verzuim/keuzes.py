"""The fixed words of verzuim. Pure."""

from django.db.models import TextChoices


class SoortVerzuim(TextChoices):
    """`VRIJSTELLING` is no verzuim: it says from when on a pupil need not come."""

    RELATIEF = "relatief", "ongeoorloofd: ingeschreven, afwezig zonder geldige reden"
    ZIEK = "ziek", "ziek"
    GEOORLOOFD = "geoorloofd", "geoorloofd: met toestemming van de school"
    ABSOLUUT = "absoluut", "absoluut: nergens ingeschreven"
    VRIJSTELLING = "vrijstelling", "vrijstelling van de leerplicht"


#: In a list there is no room for what a kind means.
KORT: dict[str, str] = {
    SoortVerzuim.RELATIEF: "ongeoorloofd",
    SoortVerzuim.ZIEK: "ziek",
    SoortVerzuim.GEOORLOOFD: "geoorloofd",
    SoortVerzuim.ABSOLUUT: "niet ingeschreven",
    SoortVerzuim.VRIJSTELLING: "vrijstelling",
}
#: A pupil who is not enrolled or exempt is away for days; hours can only be missed by who is expected.
PER_UUR = (SoortVerzuim.RELATIEF, SoortVerzuim.ZIEK, SoortVerzuim.GEOORLOOFD)


class RedenVerzuim(TextChoices):
    """Why, in a word that may be passed on. What more there is to say stays at the school."""

    ONBEKEND = "onbekend", "nog niet bekend"
    KAN_NIET = "kan_niet", "durft of kan niet naar school"
    WIL_NIET = "wil_niet", "wil niet naar school"
    WACHT_PLEK = "wacht_plek", "wacht op een passende plek"
    WACHT_HULP = "wacht_hulp", "wacht op hulp"
    THUIS = "thuis", "omstandigheden thuis"
    SCHORSING = "schorsing", "geschorst of verwijderd"
    ZIEKTE = "ziekte", "ziekte"
    VERLOF = "verlof", "verlof of bijzondere dag"
    ANDERS = "anders", "een andere reden"


class VrijstellingGrond(TextChoices):
    """Leerplichtwet 1969."""

    ARTIKEL_5A = "5a", "artikel 5 onder a: lichamelijk of psychisch niet in staat"
    ARTIKEL_5B = "5b", "artikel 5 onder b: bezwaar tegen de richting"
    ARTIKEL_5C = "5c", "artikel 5 onder c: school in het buitenland"
    ARTIKEL_15 = "15", "artikel 15: ander onderwijs"


class SoortSignaal(TextChoices):
    UREN = "uren", "16 uur in 4 schoolweken"
    WEKEN = "weken", "4 weken afwezig"
