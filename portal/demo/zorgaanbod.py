"""The aanbodgids of the demo region: invented aanbieders with holes, old waiting times and some above the norm; and three
onderwijs-zorgarrangementen with pupils."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from casussen.keuzes import DelingMet, Gever, SoortOzabesluit, Status
from casussen.models import Casus, Deling, Onderwijszorg, Ozabesluit, Ozaplaatsing
from portal.demo.accounts import AANBIEDER_DEMO, SCHOOL, account_of
from portal.demo.gebied import rows_of
from portal.demo.netwerk import Netwerk
from toegang.models import Aanstelling
from zorgaanbod.models import Aanbieder, Arrangement, Contract, Wachttijd
from zorgaanbod.rollen import AANBIEDER

#: Name, school, aanbieder, places, and how many pupils have one.
SAMEN = (
    ("De Brug", SCHOOL, AANBIEDER_DEMO, 6, 4),
    ("De Tussenstop", "80AA", "loodsman", 8, 2),
    ("Leren aan de Werf", "80AD", "noordpier", 2, 2),
)
VISIE = (
    "Leren en herstellen horen bij elkaar. Een leerling blijft leerling van de eigen school, ook als het even niet lukt. "
    "School en hulp kijken samen wat er nodig is, met de leerling en de ouders aan tafel."
)
DOELEN = [
    "Elke dag op school, al is het kort",
    "Een dagritme dat thuis ook klopt",
    "Terug naar de eigen klas of een plek die past",
]
#: Of these the casus is far enough, and the school is still in it.
LOPEND = (Status.IN_BEHANDELING, Status.MDO_GEPLAND, Status.PLAN_VASTGESTELD, Status.IN_UITVOERING, Status.EVALUATIE)


def write_zorgaanbod(net: Netwerk, *, moment: datetime) -> dict[str, Aanbieder]:
    """Aanbieders by their key, with what they offer; and the appointment of the demo account."""
    facts = list(rows_of("aanbieders"))
    made = Aanbieder.objects.bulk_create(
        Aanbieder(
            naam=row["naam"],
            soort=row["soort"],
            omschrijving=row["omschrijving"],
            telefoon=f"023 000 70 {n:02d}",
            email=f"aanmelden@{row['sleutel']}.example",
        )
        for n, row in enumerate(facts)
    )
    aanbieders = {row["sleutel"]: one for row, one in zip(facts, made, strict=True)}
    for row in facts:
        aanbieders[row["sleutel"]].gemeenten.set([net.gemeenten[code] for code in row["gemeenten"].split()])
    offered = list(rows_of("arrangementen"))
    rows = Arrangement.objects.bulk_create(_arrangement(row, aanbieders) for row in offered)
    Contract.objects.bulk_create(
        Contract(arrangement=one, gemeente=net.gemeenten[code])
        for row, one in zip(offered, rows, strict=True)
        for code in row["gemeenten"].split()
    )
    Wachttijd.objects.bulk_create(
        measured
        for row, one in zip(offered, rows, strict=True)
        for measured in _measured(row["wachttijden"], one, net.op, moment)
    )
    user = net.users[account_of(AANBIEDER).email]
    Aanstelling.objects.create(user=user, rol=AANBIEDER.sleutel, aanbieder=aanbieders[AANBIEDER_DEMO])
    return aanbieders


def _arrangement(row: dict[str, str], aanbieders: dict[str, Aanbieder]) -> Arrangement:
    low, high = row["leeftijd"].split("-")
    free = aanbieders[row["aanbieder"]].soort == "voorveld"
    return Arrangement(
        aanbieder=aanbieders[row["aanbieder"]],
        naam=row["naam"],
        hulpvorm=row["hulpvorm"],
        zwaarte=row["zwaarte"],
        leeftijd_van=int(low),
        leeftijd_tot=int(high),
        op_school=row["op_school"] == "ja",
        capaciteit=int(row["plaatsen"]) if row["plaatsen"] else None,
        wachttijd_norm=int(row["norm"]),
        omschrijving=f"{row['naam']}: voor kinderen en jongeren van {low} tot en met {high} jaar, en wie bij hen horen.",
        zo_vraagt_u_aan="Bel of mail; een verwijzing is niet nodig."
        if free
        else "Via het wijkteam, dat de aanvraag met u invult.",
    )


def _measured(text: str, one: Arrangement, op: date, moment: datetime) -> Iterator[Wachttijd]:
    """'9:150 6:7': nine weeks, a hundred and fifty days ago; six weeks, seven days ago."""
    for part in text.split():
        weken, dagen = map(int, part.split(":"))
        back = timedelta(days=dagen)
        yield Wachttijd(arrangement=one, weken=weken, gemeten_op=op - back, vastgelegd_op=moment - back)


def write_onderwijszorg(net: Netwerk, aanbieders: dict[str, Aanbieder], *, moment: datetime) -> None:
    """What schools and aanbieders hold together, with pupils whose casus is shared for it."""
    for naam, brin, sleutel, plaatsen, bezet in SAMEN:
        vestiging, aanbieder, zc = net.vestigingen[brin][0], aanbieders[sleutel], net.zcs[brin][0]
        casussen = Casus.objects.filter(school=vestiging.school, status__in=LOPEND, leerling__isnull=False, thuiszitter=False)
        placed_here = list(casussen.order_by("t0", "pk")[:bezet])
        full = bezet == plaatsen and placed_here  # whatever the number of casussen, what should be full is full
        row = Onderwijszorg.objects.create(
            naam=naam,
            vestiging=vestiging,
            aanbieder=aanbieder,
            visie=VISIE,
            doelen=DOELEN,
            plaatsen=len(placed_here) if full else plaatsen,
            duur_weken=26,
            mdo_elke_weken=6,
            mdo_volgende=net.op + timedelta(days=16),
            van=net.op - timedelta(days=400),
            vastgelegd_op=moment - timedelta(days=400),
        )
        for n, casus in enumerate(placed_here):
            when = moment - timedelta(days=3 + 5 * n)
            Deling.objects.create(
                casus=casus,
                met=DelingMet.AANBIEDER,
                aanbieder=aanbieder,
                gever=Gever.OUDERS_EN_JONGERE,
                gegeven_op=when.date(),
                doel=f"Een plaats in {naam}.",
                door=zc,
                op=when,
            )
            placed = Ozaplaatsing.objects.create(
                arrangement=row, casus=casus, van=when.date(), verwacht_tot=when.date() + timedelta(weeks=26)
            )
            Ozabesluit.objects.create(
                plaatsing=placed,
                soort=SoortOzabesluit.INSTROOM,
                namens_school=zc.naam,
                namens_aanbieder=f"Aanmelding {aanbieder.naam}",
                reden="Hele dagen lukken nu niet. Een kleine groep met hulp erbij wel.",
                per=when.date(),
                door=zc,
                op=when,
            )
