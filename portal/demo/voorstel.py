"""A draft of the regiocoördinator in the demo region: what if a wijk went to the team next door?"""

from datetime import date, datetime, timedelta

from gebieden.rollen import REGIOCOORDINATOR
from toegang.models import Aanstelling
from wijkteams.models import SoortGebied, Voorstel, VoorstelRegel, Werkgebied

#: Everyone needs some weeks to get used to another boundary.
OVER = timedelta(weeks=6)


def write_voorstel(*, op: date, moment: datetime) -> None:
    """One draft that is not applied: a wijk goes to the first other area team of its gemeente."""
    wie = Aanstelling.objects.filter(rol=REGIOCOORDINATOR.sleutel).select_related("regio", "user").order_by("pk").first()
    if wie is None or wie.regio is None:
        return
    wijken = Werkgebied.objects.filter(soort=SoortGebied.WIJK, van__lte=op, tot__gt=op + OVER).select_related("wijkteam")
    for oud in wijken.filter(wijkteam__gemeente__regio=wie.regio).order_by("gebied", "pk"):
        andere = wijken.filter(wijkteam__gemeente=oud.wijkteam.gemeente_id).exclude(wijkteam=oud.wijkteam)
        buur = andere.order_by("gebied", "pk").first()
        if buur is not None:
            voorstel = Voorstel.objects.create(
                regio=wie.regio,
                naam=f"Een wijk van {oud.wijkteam.naam} naar {buur.wijkteam.naam}"[:120],
                ingaat_op=op + OVER,
                gemaakt_door=wie.user,
                gemaakt_op=moment,
            )
            VoorstelRegel.objects.create(
                voorstel=voorstel, werkgebied=oud, wijkteam=buur.wijkteam, soort=oud.soort, gebied=oud.gebied, sector=oud.sector
            )
            return
