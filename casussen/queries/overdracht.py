"""What somebody who takes over a casus should see: what the last one knew, and what was promised."""

from dataclasses import dataclass

from casussen.blik import Blik
from casussen.models import Casus, Contactmoment, Overdracht, Taak, Terugkoppeling


@dataclass(frozen=True, slots=True)
class Overgenomen:
    """The newest hand-over to whoever treats the casus now. `beloofd`: what was promised to the school and is still to come;
    `laatste_contact` is the last note of the own team."""

    overdracht: Overdracht
    beloofd: str
    laatste_contact: Contactmoment | None
    open_taken: list[Taak]


def taken_over(casus: Casus, blik: Blik) -> Overgenomen | None:
    """For the own team only, while the one who took over treats it. At most four queries; one when nothing was handed over."""
    if blik.wijkteam_id is None or blik.school or casus.behandelaar_id is None:
        return None
    newest = (
        Overdracht.objects.filter(casus=casus, wijkteam_id=blik.wijkteam_id)
        .select_related("van", "naar")
        .order_by("-op", "-id")
        .first()
    )
    if newest is None or newest.naar_id != casus.behandelaar_id:
        return None
    promised = Terugkoppeling.objects.filter(casus=casus, overgang__van_wijkteam_id=blik.wijkteam_id, op__lte=newest.op)
    contact = Contactmoment.objects.filter(casus=casus, wijkteam_id=blik.wijkteam_id, vastgelegd_op__lte=newest.op)
    open_ones = Taak.objects.open().filter(casus=casus)
    return Overgenomen(
        overdracht=newest,
        beloofd=promised.exclude(vervolg="").order_by("-op", "-id").values_list("vervolg", flat=True).first() or "",
        laatste_contact=contact.order_by("-datum", "-id").first(),
        open_taken=list(open_ones.filter(eigenaar_contactpersoon=newest.naar)),
    )
