"""The overleg of a casus: planned, moved, called off, and its report with decisions that become actions."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from casussen.actions.machine import Uitvoering
from casussen.actions.registers import effect, voorbereiding
from casussen.actions.taken import make_taak
from casussen.feiten import local_date
from casussen.fouten import Onvolledig
from casussen.keuzes import MdoStatus, Plek, SoortTaak
from casussen.models import Casus, Mdo, MdoDeelnemer
from kern.kijker import Kijker
from kern.klok import AMSTERDAM
from toegang.models import Aanstelling, User
from wijkteams.models import Contactpersoon
from zorgaanbod.rollen import AANBIEDER

DUUR = 60


def _when(run: Uitvoering) -> tuple[datetime, datetime]:
    values = run.gegevens
    begin = datetime.combine(values["mdo_datum"], values["mdo_tijd"], tzinfo=AMSTERDAM)
    if begin <= run.op:
        raise Onvolledig([{"veld": "mdo_tijd", "melding": "Dit tijdstip is al voorbij. Kies een tijd die nog komt."}])
    return begin, begin + timedelta(minutes=values.get("mdo_duur") or DUUR)


@effect("mdo_plannen")
def mdo_plannen(run: Uitvoering) -> None:
    values = run.gegevens
    begin, end = _when(run)
    mdo = Mdo.objects.create(
        casus=run.casus,
        ronde=run.casus.ronde,
        begint_op=begin,
        eindigt_op=end,
        plek=values.get("plek", Plek.SCHOOL),
        adres=values.get("adres", ""),
        agenda=values.get("agenda", ""),
        reden_zonder_gezin=values.get("reden_niet_uitgenodigd", ""),
        gepland_door_id=run.by.user_id,
        gepland_op=run.op,
    )
    for row in values.get("deelnemers", []):
        MdoDeelnemer.objects.create(mdo=mdo, uitgenodigd_op=run.op, **_known(row, run.op))


def _known(row: Mapping[str, Any], op: datetime) -> dict[str, Any]:
    """Somebody who is invited: by their mail address the account, the card of a team and the aanbieder they belong to."""
    email = row.get("email", "")
    found: dict[str, Any] = {naam: row.get(naam, "") for naam in ("partij", "naam", "functie")} | {"email": email}
    user = User.objects.filter(email__iexact=email, is_active=True).first() if email else None
    person = Contactpersoon.objects.filter(email__iexact=email).first() if email and user is None else None
    if user is not None:
        found["user"] = user
        person = Contactpersoon.objects.filter(user=user).first()
        helper = Aanstelling.objects.on(local_date(op)).filter(user=user, rol=AANBIEDER.sleutel).first()
        found["aanbieder_id"] = helper.aanbieder_id if helper else None
    found["contactpersoon"] = person
    return found


def _planned(casus: Casus) -> Mdo:
    mdo = Mdo.objects.select_for_update().filter(casus=casus, status=MdoStatus.GEPLAND).first()
    if mdo is None:
        raise Onvolledig([{"veld": "", "melding": "Er staat geen overleg gepland."}])
    return mdo


@effect("mdo_verzetten")
def mdo_verzetten(run: Uitvoering) -> None:
    mdo = _planned(run.casus)
    mdo.begint_op, mdo.eindigt_op = _when(run)
    mdo.plek = run.gegevens.get("plek", mdo.plek)
    mdo.adres = run.gegevens.get("adres", mdo.adres)
    mdo.volgnummer += 1
    mdo.save(update_fields=["begint_op", "eindigt_op", "plek", "adres", "volgnummer"])


@effect("mdo_afzeggen")
def mdo_afzeggen(run: Uitvoering) -> None:
    mdo = _planned(run.casus)
    mdo.status, mdo.afgezegd_op, mdo.afgezegd_om = MdoStatus.AFGEZEGD, run.op, run.gegevens["toelichting"]
    mdo.volgnummer += 1
    mdo.save(update_fields=["status", "afgezegd_op", "afgezegd_om", "volgnummer"])


@voorbereiding("mdo_vastleggen")
def everyone_was_invited(casus: Casus, by: Kijker, gegevens: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ARG001
    """Only whoever was invited to this overleg can have been there."""
    known = set(MdoDeelnemer.objects.filter(mdo__casus=casus, mdo__status=MdoStatus.GEPLAND).values_list("pk", flat=True))
    rows = gegevens.get("aanwezigen") or []
    strangers = [row for row in rows if isinstance(row, Mapping) and not _is_one_of(row.get("deelnemer"), known)]
    if strangers:
        raise Onvolledig([{"veld": "aanwezigen", "melding": "Kies alleen wie voor dit overleg is uitgenodigd."}])
    return gegevens


def _is_one_of(value: Any, known: set[int]) -> bool:
    return value in (None, "") or str(value).strip() in {str(pk) for pk in known}


@effect("mdo_vastleggen")
def mdo_vastleggen(run: Uitvoering) -> None:
    values, mdo = run.gegevens, _planned(run.casus)
    mdo.status, mdo.gehouden_op, mdo.verslag_door_id = MdoStatus.GEHOUDEN, run.op, run.by.user_id
    mdo.verslag = values["verslag"]
    mdo.mening_ouders, mdo.mening_jongere = values.get("mening_ouders", ""), values.get("mening_jongere", "")
    mdo.save()
    for row in values.get("aanwezigen", []):
        MdoDeelnemer.objects.filter(mdo=mdo, pk=row["deelnemer"]).update(aanwezig=row["aanwezig"])
    for row in values.get("besluiten", []):
        make_taak(
            casus=run.casus,
            soort=SoortTaak.BESLUIT,
            omschrijving=row["omschrijving"],
            partij=row["partij"],
            naam=row.get("naam", ""),
            uiterlijk=row["uiterlijk"],
            mdo=mdo,
            by=run.by,
            op=run.op,
        )
