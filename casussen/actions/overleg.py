"""The overleg of a casus: planned, moved, called off, and its report with decisions that become actions."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Q

from casussen.actions.machine import Uitvoering
from casussen.actions.registers import effect
from casussen.actions.taken import make_taken
from casussen.actions.uitnodigen import Bericht, keys_of, tell_invited
from casussen.fouten import Onvolledig
from casussen.keuzes import GEZIN, Aanwezigheid, Deelnemer, MdoStatus, Plek, SoortTaak
from casussen.models import Casus, Mdo, MdoAanvulling, MdoDeelnemer
from casussen.overleg.agenda import agenda_of, agenda_of_planned
from casussen.overleg.plek import Huis, objection_to, place_of
from casussen.overleg.voorstellen import DUUR, Agenda, object_to
from casussen.velden.lezen import PLAATS
from kern.klok import AMSTERDAM, local_date
from kern.models import Gebeurtenis
from toegang.models import Aanstelling, User
from wijkteams.models import Contactpersoon
from zorgaanbod.rollen import AANBIEDER

JONGERE_ZELF = "De jongere was erbij. Wat vond de jongere zelf? Zei die daar niets over? Schrijf dat dan op."
HETZELFDE = "Er verandert niets: het overleg staat al op dit moment en op deze plek."
NAZIEN = "Kies een ander moment, of zet hier een vinkje."


def _when(run: Uitvoering, *, duur: int = DUUR) -> tuple[datetime, datetime]:
    values = run.gegevens
    begin = datetime.combine(values["mdo_datum"], values["mdo_tijd"], tzinfo=AMSTERDAM)
    if begin <= run.op:
        raise Onvolledig([{"veld": "mdo_tijd", "melding": "Dit tijdstip is al voorbij. Kies een tijd die nog komt."}])
    return begin, begin + timedelta(minutes=values.get("mdo_duur") or duur)


def _a_moment_that_is_meant(run: Uitvoering, agenda: Agenda, begin: datetime, end: datetime) -> None:
    """Who is invited elsewhere at that very time, or a day without work or school, stops it until somebody says that it is meant:
    the invitations go out at once. All else is only said."""
    if run.gegevens.get("ondanks_botsing"):
        return
    bezwaren = [bezwaar.tekst for bezwaar in object_to(agenda, begin, end) if bezwaar.hard]
    if bezwaren:
        raise Onvolledig([{"veld": "ondanks_botsing", "melding": f"{' '.join(bezwaren)} {NAZIEN}"}])


def _place(run: Uitvoering, plek: str, adres: str, genodigden: Iterable[tuple[str, str]]) -> str:
    """The text of the place, which goes along in the invitation: never the home address, nor a name. `genodigden`: for whom each
    comes, and their name."""
    casus = run.casus
    family = tuple(naam for partij, naam in genodigden if partij in GEZIN)
    if melding := objection_to(plek, adres, home_of(casus, family), van_school=school_address(casus)):
        raise Onvolledig([{"veld": "adres", "melding": melding}])
    return place_of(plek, adres)


def home_of(casus: Casus, genodigden: tuple[str, ...] = ()) -> Huis | None:
    leerling = casus.leerling
    if leerling is None:
        return None
    namen = (leerling.voornaam, leerling.achternaam)
    return Huis(leerling.postcode, leerling.huisnummer, leerling.geheim_adres, namen, genodigden)


def school_address(casus: Casus) -> str:
    """Where an overleg usually is, in one line."""
    vestiging = casus.vestiging
    street = f"{vestiging.straat} {vestiging.huisnummer}".strip()
    return ", ".join(part for part in (vestiging.naam, street, vestiging.plaats) if part)[:200]


# --- Planned, moved, called off ---------------------------------------------------------------------------------
@effect("mdo_plannen")
def mdo_plannen(run: Uitvoering) -> None:
    values, casus = run.gegevens, run.casus
    begin, end = _when(run)
    plek = values.get("plek", Plek.SCHOOL)
    rows = values.get("deelnemers", [])
    adres = _place(run, plek, values.get("adres", ""), ((row["partij"], row["naam"]) for row in rows))
    _a_moment_that_is_meant(run, agenda_of(casus, rows, by=run.by, op=run.op), begin, end)
    mdo = Mdo.objects.create(
        casus=casus,
        ronde=casus.ronde,
        begint_op=begin,
        eindigt_op=end,
        plek=plek,
        adres=adres,
        agenda=values.get("agenda", ""),
        reden_zonder_gezin=values.get("reden_niet_uitgenodigd", ""),
        gepland_door_id=run.by.user_id,
        gepland_op=run.op,
    )
    seen: set[int] = set()
    for row in rows:
        found = _known(row, run.op)
        user = found.get("user")
        if user is not None and user.pk in seen:
            raise Onvolledig([{"veld": f"deelnemers.{row[PLAATS]}.email", "melding": "Deze persoon staat er al bij."}])
        seen |= {user.pk} if user is not None else set()
        MdoDeelnemer.objects.create(mdo=mdo, uitgenodigd_op=run.op, **found)
    casus.zonder_overleg = False
    _tell(run, mdo, Bericht.UITNODIGING)


def _tell(run: Uitvoering, mdo: Mdo, bericht: Bericht, *, alleen_plek: bool = False) -> None:
    run.al_verteld |= keys_of(mdo)
    run.vertelt_ook.append(partial(_invite, run, mdo, bericht, alleen_plek))


def _invite(run: Uitvoering, mdo: Mdo, bericht: Bericht, alleen_plek: bool, gebeurtenis: Gebeurtenis) -> None:  # noqa: FBT001
    tell_invited(mdo, bericht, casus=run.casus, by=run.by, gebeurtenis=gebeurtenis, op=run.op, alleen_plek=alleen_plek)


def _known(row: Mapping[str, Any], op: datetime) -> dict[str, Any]:
    """Somebody who is invited: by their mail address the account, the card of a team and the aanbieder they belong to.

    Parents, pupil and who they bring are themselves here, whatever account an address of theirs may have.
    """
    email = row.get("email", "")
    found: dict[str, Any] = {naam: row.get(naam, "") for naam in ("partij", "naam", "functie")} | {"email": email}
    if not email or row["partij"] in GEZIN:
        return found
    working = Contactpersoon.objects.filter(Q(in_dienst_tot__isnull=True) | Q(in_dienst_tot__gt=local_date(op)))
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    person = working.filter(user=user).first() if user else working.filter(email__iexact=email).select_related("user").first()
    if user is None and person is not None and person.user is not None and person.user.is_active:
        user = person.user
    if user is not None:
        found["user"] = user
        helper = Aanstelling.objects.on(local_date(op)).filter(user=user, rol=AANBIEDER.sleutel).first()
        found["aanbieder_id"] = helper.aanbieder_id if helper else None
    return {**found, "contactpersoon": person}


def _planned(casus: Casus) -> Mdo:
    mdo = Mdo.objects.select_for_update().filter(casus=casus, status=MdoStatus.GEPLAND).first()
    if mdo is None:
        raise Onvolledig([{"veld": "", "melding": "Er staat geen overleg gepland."}])
    return mdo


@effect("mdo_verzetten")
def mdo_verzetten(run: Uitvoering) -> None:
    mdo = _planned(run.casus)
    begin, end = _when(run, duur=int((mdo.eindigt_op - mdo.begint_op).total_seconds() // 60))
    plek = run.gegevens.get("plek", mdo.plek)
    adres = _place(run, plek, run.gegevens.get("adres", ""), mdo.deelnemers.values_list("partij", "naam"))
    same_moment = (begin, end) == (mdo.begint_op, mdo.eindigt_op)
    if same_moment and (plek, adres) == (mdo.plek, mdo.adres):
        raise Onvolledig([{"veld": "mdo_datum", "melding": HETZELFDE}])
    _a_moment_that_is_meant(run, agenda_of_planned(mdo, run.casus, by=run.by, op=run.op), begin, end)
    mdo.begint_op, mdo.eindigt_op, mdo.plek, mdo.adres = begin, end, plek, adres
    mdo.volgnummer += 1
    mdo.save(update_fields=["begint_op", "eindigt_op", "plek", "adres", "volgnummer"])
    _tell(run, mdo, Bericht.VERZET, alleen_plek=same_moment)


@effect("mdo_afzeggen")
def mdo_afzeggen(run: Uitvoering) -> None:
    mdo = _planned(run.casus)
    mdo.status, mdo.afgezegd_op, mdo.afgezegd_om = MdoStatus.AFGEZEGD, run.op, run.gegevens["toelichting"]
    mdo.volgnummer += 1
    mdo.save(update_fields=["status", "afgezegd_op", "afgezegd_om", "volgnummer"])
    run.casus.zonder_overleg = True
    _tell(run, mdo, Bericht.AFGEZEGD)


def last_held(casus: Casus) -> Mdo | None:
    """The newest overleg of this ronde that was held."""
    return Mdo.objects.filter(casus=casus, ronde=casus.ronde, status=MdoStatus.GEHOUDEN).order_by("-begint_op", "-id").first()


# --- Held -------------------------------------------------------------------------------------------------------
@effect("mdo_vastleggen")
def mdo_vastleggen(run: Uitvoering) -> None:
    values, mdo = run.gegevens, _planned(run.casus)
    _heard_who_was_there(mdo, values)
    mdo.status, mdo.gehouden_op, mdo.verslag_door_id = MdoStatus.GEHOUDEN, run.op, run.by.user_id
    mdo.verslag = values["verslag"]
    mdo.mening_ouders, mdo.mening_jongere = values.get("mening_ouders", ""), values.get("mening_jongere", "")
    mdo.save()
    for row in values.get("aanwezigen", []):
        MdoDeelnemer.objects.filter(mdo=mdo, pk=row["deelnemer"]).update(aanwezig=row["aanwezig"])
    make_taken(run, values.get("besluiten", []), soort=SoortTaak.BESLUIT, mdo=mdo)


@effect("mdo_aanvullen")
def mdo_aanvullen(run: Uitvoering) -> None:
    """To the report of the newest overleg that was held in this ronde. A decision becomes an action, as in the report itself."""
    values = run.gegevens
    mdo = last_held(run.casus)
    if mdo is None:
        raise Onvolledig([{"veld": "", "melding": "Er is nog geen verslag van een overleg."}])
    words = {"tekst": values.get("aanvulling", "")} | {veld: values.get(veld, "") for veld in ("mening_ouders", "mening_jongere")}
    if any(words.values()):
        MdoAanvulling.objects.create(mdo=mdo, door_id=run.by.user_id, op=run.op, **words)
    make_taken(run, values.get("besluiten", []), soort=SoortTaak.BESLUIT, mdo=mdo)


def _heard_who_was_there(mdo: Mdo, values: Mapping[str, Any]) -> None:
    """A jongere who sat at the table is not spoken for by the parents: their view is in the report, or that it was not given."""
    if values.get("mening_jongere"):
        return
    came = [row["deelnemer"] for row in values.get("aanwezigen", []) if row["aanwezig"] == Aanwezigheid.AANWEZIG]
    if MdoDeelnemer.objects.filter(mdo=mdo, pk__in=came, partij=Deelnemer.JONGERE).exists():
        raise Onvolledig([{"veld": "mening_jongere", "melding": JONGERE_ZELF}])
