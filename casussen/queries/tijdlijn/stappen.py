"""The steps of the loop. What was said with one: for the school all of it, for a team its own."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from casussen.blik import Blik
from casussen.keuzes import RedenDoorzetten, RedenIntrekken, RedenTerugleggen, RedenWachten
from casussen.models import Casus, Overdracht, Overgang, Terugkoppeling
from casussen.queries.tijdlijn.basis import Gebeurd, Snede
from casussen.queries.vlaggen import WACHT_OP_ZORG_MELDEN
from casussen.woorden import done, in_days, say
from toegang.rollen import ROLLEN

_REDENEN: dict[str, str] = {
    **dict(RedenDoorzetten.choices),
    **dict(RedenTerugleggen.choices),
    **dict(RedenIntrekken.choices),
    **dict(RedenWachten.choices),
}
#: The word between a step and the team it brought the casus to, when no team had it yet.
_NAAR_TEAM = {"toewijzen": "aan"}
OVER_VEILIGHEID = frozenset({"veiligheid_melden", "veiligheid_opheffen"})
#: Steps whose explanation is what the family says itself.
GEZIN_AAN_HET_WOORD = frozenset({"evalueren", "afsluiten"})


def steps(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not (blik.reads or blik.regio):
        return []
    handed_over = Overdracht.objects.filter(casus=OuterRef("casus"), op=OuterRef("op"))  # told in `rondom.handed_over`
    rows = Overgang.objects.filter(casus=casus).exclude(Exists(handed_over), actie=Overdracht.ACTIE)
    taken = snede.newest(rows.select_related("van_wijkteam", "naar_wijkteam"), "op")
    feedback = {t.overgang_id: t for t in Terugkoppeling.objects.filter(casus=casus, overgang__in=[step.pk for step in taken])}
    return [_step(step, feedback.get(step.pk), blik) for step in taken]


def _step(step: Overgang, feedback: Terugkoppeling | None, blik: Blik) -> Gebeurd:
    voorwerp, gedaan = done(step.actie, step.van_status)
    sentence = f"{_who(step)} heeft {say(voorwerp.replace('deze casus', 'de casus'), gedaan)}"
    moved = step.naar_wijkteam_id is not None and step.naar_wijkteam_id != step.van_wijkteam_id
    if moved and step.naar_wijkteam is not None:
        to = _NAAR_TEAM.get(step.actie, "bij") if step.van_wijkteam_id is None else "naar"
        sentence += f" {to} {step.naar_wijkteam}"
    own = blik.sees_of(step.van_wijkteam_id) or blik.sees_of(step.naar_wijkteam_id)
    return Gebeurd(
        op=step.op,
        soort=step.actie,
        tekst=f"{sentence}.",
        wie=step.door_naam,
        details=tuple(_said(step, feedback, blik)) if own else (),
        over_veiligheid=step.actie in OVER_VEILIGHEID,
    )


def _who(step: Overgang) -> str:
    rol = ROLLEN.get(step.door_rol)
    return f"{step.door_naam} ({rol.label})" if rol and step.door_naam else step.door_naam or "Het portaal"


def _said(step: Overgang, feedback: Terugkoppeling | None, blik: Blik) -> Iterable[tuple[str, str]]:
    own_words = "Wat ouders en leerling ervan vinden" if step.actie in GEZIN_AAN_HET_WOORD else "Uitleg"
    expected = in_days(step.dag) if step.dag is not None and step.actie == WACHT_OP_ZORG_MELDEN else ""
    parts = [("Namens", step.get_namens_display()), ("Reden", _REDENEN.get(step.reden, "")), (own_words, step.toelichting)]
    parts += [("De hulp begint naar verwachting op", expected)]
    parts += [("Advies", step.advies), ("Ook mogelijk", step.alternatief)]
    if feedback is not None and blik.sees_of(step.van_wijkteam_id):
        known = {step.toelichting, step.advies, step.alternatief}
        told = [("Gedaan", feedback.gedaan), ("Vervolg", feedback.vervolg), ("Nodig van school", feedback.nodig_van_school)]
        parts += [(head, text) for head, text in told if text not in known]
    return [(head, text) for head, text in parts if text]
