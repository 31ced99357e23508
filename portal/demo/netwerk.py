"""Write the network of the demo region: areas, schools, people, wijkteams, rules, contact persons and who is away."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from gebieden.models import Gemeente, Regio
from portal.demo import DEMO_WACHTWOORD, REGIO_NAAM
from portal.demo.accounts import ACCOUNTS, SCHOOL, TEAM
from portal.demo.facts import namen
from portal.demo.gebied import dice, gebieden, rows_of
from portal.demo.mensen import Mens, build_people
from scholen.models import Samenwerkingsverband, School, Vestiging
from toegang.models import Aanstelling, User
from wijkteams.models import Aanspreekpunt, Afwezigheid, Contactpersoon, SoortGebied, Werkgebied, Wijkteam
from wijkteams.models.werkgebied import BEGIN, EINDE, LEEFTIJD_MAX, NUMMER_MAX
from wijkteams.rules import rang_of

#: Which gemeenten belong to which samenwerkingsverband (BWBR0032324).
VERBANDEN = {
    "VO2705": ("vo", "Samenwerkingsverband VO2705", ("GM0392", "GM0377", "GM0397", "GM0473", "GM0453")),
    "VO2704": ("vo", "Samenwerkingsverband VO2704", ("GM0375", "GM0396")),
    "PO2704": ("po", "Samenwerkingsverband PO2704", ("GM0392", "GM0377", "GM0397", "GM0473")),
    "PO2711": ("po", "Samenwerkingsverband PO2711", ("GM0375", "GM0396", "GM0453")),
}
#: The aanspreekpunt of this team for everybody is away on the day of loading, with a deputy.
AFWEZIG_TEAM = "oost"
#: Teams with an aanspreekpunt per sector: there the sector must be known to name one person.
SECTOR_TEAMS = frozenset({"zuidwest", "ijmuiden", "velserbroek"})
#: From these teams somebody leaves, in so many weeks.
VERTREKKERS = {"ijmuiden": 5, "zandvoort": 11}


@dataclass(slots=True)
class Netwerk:
    """The rows that casussen refer to. Of a team's contact persons the coordinators come first."""

    op: date
    regio: Regio
    gemeenten: dict[str, Gemeente] = field(default_factory=dict)
    scholen: dict[str, School] = field(default_factory=dict)
    vestigingen: dict[str, list[Vestiging]] = field(default_factory=dict)
    gewichten: dict[str, int] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    teams: dict[str, Wijkteam] = field(default_factory=dict)
    contacten: dict[str, list[Contactpersoon]] = field(default_factory=dict)
    zcs: dict[str, list[User]] = field(default_factory=dict)
    regio_users: list[User] = field(default_factory=list)

    @property
    def in_regio(self) -> list[str]:
        """The codes of the gemeenten of the region, in order."""
        return sorted(code for code, gemeente in self.gemeenten.items() if gemeente.regio_id == self.regio.pk)


def write_network(*, seed: int, op: date, moment: datetime) -> Netwerk:
    """Everything except the register and the casussen, as of day `op`."""
    regio = Regio.objects.create(naam=REGIO_NAAM, email="regio@demo.example", telefoon="023 000 10 00")
    net = Netwerk(op=op, regio=regio)
    people = build_people(seed)
    _write_gemeenten(net)
    _write_schools(net)
    _write_users(net, people, moment)
    _write_teams(net, people, dice(seed, "teams"))
    _write_appointments(net, people)
    Werkgebied.objects.bulk_create(_werkgebieden(net))
    _write_contacts(net, dice(seed, "aanspreekpunten"))
    _write_absence(net, dice(seed, "afwezig"))
    _write_leavers(net)
    return net


def _write_gemeenten(net: Netwerk) -> None:
    rows = [
        Gemeente(
            code=row["code"],
            naam=row["naam"],
            regio=net.regio if row["in_regio"] == "ja" else None,
            loket_naam=row["loket_naam"],
            loket_telefoon=row["loket_telefoon"],
            loket_email=row["loket_email"],
            loket_url=row["loket_url"],
        )
        for row in gebieden().gemeenten
    ]
    net.gemeenten = {gemeente.code: gemeente for gemeente in Gemeente.objects.bulk_create(rows)}


def _write_schools(net: Netwerk) -> None:
    verbanden = {code: Samenwerkingsverband.objects.create(code=code, naam=naam) for code, (_, naam, _) in VERBANDEN.items()}
    facts = list(rows_of("scholen"))
    schools = School.objects.bulk_create([School(brin=row["brin"], naam=row["naam"]) for row in facts])
    rows = []
    for school, row in zip(schools, facts, strict=True):
        net.scholen[school.brin] = school
        net.gewichten[school.brin] = int(row["gewicht"])
        places = row["vestigingen"].split("|")
        sectors = row["sectoren"].split()
        for n, place in enumerate(places):
            own = [sectors[n]] if len(sectors) == len(places) > 1 else sectors
            rows.append(
                Vestiging(
                    school=school,
                    brin=f"{school.brin}{n:02d}",
                    naam=school.naam if len(places) == 1 else f"{school.naam}, {place}",
                    sectoren=own,
                    straat="Schoolpad",
                    huisnummer=str(1 + n),
                    postcode=row["postcode"],
                    plaats=row["plaats"],
                    telefoon=f"023 000 {30 + n:02d} {len(net.scholen):02d}",
                    gemeente=net.gemeenten[row["gemeente"]],
                    samenwerkingsverband=_verband(row["gemeente"], own[0], verbanden),
                )
            )
    for vestiging in Vestiging.objects.bulk_create(rows):
        net.vestigingen.setdefault(vestiging.brin[:4], []).append(vestiging)


def _verband(gemeente: str, sector: str, verbanden: dict[str, Samenwerkingsverband]) -> Samenwerkingsverband | None:
    """mbo has none; special education for older pupils belongs to a vo verband."""
    if sector == "mbo":
        return None
    soort = "po" if sector in {"po", "so"} else "vo"
    return next(verbanden[code] for code, (kind, _, where) in VERBANDEN.items() if kind == soort and gemeente in where)


def _write_users(net: Netwerk, people: tuple[Mens, ...], moment: datetime) -> None:
    secret = make_password(DEMO_WACHTWOORD)
    joined = moment - timedelta(days=540)
    rows = [
        User(
            email=mens.email,
            naam=mens.naam,
            telefoon=_mobile(n),
            password=secret if mens.account else make_password(None),
            date_joined=joined,
        )
        for n, mens in enumerate(people)
    ]
    net.users = {user.email: user for user in User.objects.bulk_create(rows)}


def _mobile(n: int) -> str:
    """A number that no telephone has: after 06 comes no zero."""
    return f"06 00 {n // 10000:02d} {n // 100 % 100:02d} {n % 100:02d}"


def _write_teams(net: Netwerk, people: tuple[Mens, ...], rng: Random) -> None:
    facts = list(rows_of("teams"))
    rows = [
        Wijkteam(
            naam=row["naam"],
            soort=row["soort"],
            gemeente=net.gemeenten[row["gemeente"]],
            telefoon=row["telefoon"],
            email=row["email"],
            bereikbaar=row["bereikbaar"],
            adres=row["adres"],
        )
        for row in facts
    ]
    net.teams = {row["sleutel"]: team for row, team in zip(facts, Wijkteam.objects.bulk_create(rows), strict=True)}
    contacts = []
    for mens in people:
        if mens.waar not in net.teams:
            continue
        user = net.users[mens.email]
        contacts.append(
            Contactpersoon(
                wijkteam=net.teams[mens.waar],
                user=user,
                naam=mens.naam,
                functie=mens.functie,
                expertise=rng.choice(namen.EXPERTISES),
                telefoon=user.telefoon,
                email=mens.email,
                bereikbaar=rng.choice(namen.BEREIKBAAR),
                geverifieerd_op=net.op
                - timedelta(days=rng.choice((rng.randrange(5, 170), rng.randrange(5, 170), rng.randrange(200, 500)))),
            )
        )
    keys = {team.pk: key for key, team in net.teams.items()}
    for contact in Contactpersoon.objects.bulk_create(contacts):
        net.contacten.setdefault(keys[contact.wijkteam_id], []).append(contact)


def _write_appointments(net: Netwerk, people: tuple[Mens, ...]) -> None:
    rows = []
    verbanden = {verband.code: verband for verband in Samenwerkingsverband.objects.all()}
    for mens in people:
        user = net.users[mens.email]
        soort = mens.rol.soort
        if soort == "aanbieder":
            continue  # written with the aanbieders themselves
        rows.append(
            Aanstelling(
                user=user,
                rol=mens.rol.sleutel,
                school=net.scholen[mens.waar] if soort == "school" else None,
                wijkteam=net.teams[mens.waar] if soort == "wijkteam" else None,
                gemeente=net.gemeenten[mens.waar] if soort == "gemeente" else None,
                regio=net.regio if soort == "regio" else None,
                samenwerkingsverband=verbanden[mens.waar] if soort == "samenwerkingsverband" else None,
            )
        )
        if mens.rol.sleutel == "zorgcoordinator":
            net.zcs.setdefault(mens.waar, []).append(user)
        elif mens.rol.sleutel == "regiocoordinator":
            net.regio_users.append(user)
    Aanstelling.objects.bulk_create(rows)


def _werkgebieden(net: Netwerk) -> Iterator[Werkgebied]:
    locations = {vestiging.brin: vestiging for own in net.vestigingen.values() for vestiging in own}
    for row in rows_of("werkgebieden"):
        numbers = [int(n) for n in row["nummers"].split("-")] if row["nummers"] else [1, NUMMER_MAX]
        ages = [int(n) for n in row["leeftijd"].split("-")] if row["leeftijd"] else [0, LEEFTIJD_MAX]
        yield Werkgebied(
            wijkteam=net.teams[row["team"]],
            soort=SoortGebied(row["soort"]),
            gebied=row["gebied"],
            sector=row["sector"],
            school=net.scholen[row["school"]] if row["school"] else None,
            vestiging=locations[row["vestiging"]] if row["vestiging"] else None,
            nummer_van=numbers[0],
            nummer_tot_en_met=numbers[1],
            zijde=row["zijde"] or "beide",
            leeftijd_van=ages[0],
            leeftijd_tot=ages[1],
            van=_new_year(row["van"], net.op, BEGIN),
            tot=_new_year(row["tot"], net.op, EINDE),
            rang=rang_of(row["soort"], row["sector"], one_location=bool(row["vestiging"])),
            toelichting=row["toelichting"],
        )


def _new_year(text: str, op: date, otherwise: date) -> date:
    """'jaar+1' is 1 January of next year, 'jaar-1' of last year; empty is an open end."""
    return date(op.year + int(text.removeprefix("jaar")), 1, 1) if text else otherwise


def _write_contacts(net: Netwerk, rng: Random) -> None:
    """The aanspreekpunten: for each team one for everybody, for the larger ones per sector, and for the schools nearby."""
    fixed = {account.email for account in ACCOUNTS}
    rows: list[Aanspreekpunt] = []
    for fact in rows_of("teams"):
        if fact["contact"] == "nee":
            continue
        team = net.teams[fact["sleutel"]]
        # The last person is nobody's aanspreekpunt: so there is always a deputy who is not away.
        *members, spare = [contact for contact in net.contacten[fact["sleutel"]] if contact.functie != "wijkteamcoördinator"]
        pool = [contact for contact in members if contact.email not in fixed]
        rows.append(Aanspreekpunt(wijkteam=team, contactpersoon=pool[0], vervanger=spare))
        if fact["sleutel"] in SECTOR_TEAMS:
            for contact, sector in zip(pool[1:3], ("vo", "mbo"), strict=True):
                rows.append(Aanspreekpunt(wijkteam=team, contactpersoon=contact, sector=sector, vervanger=spare))
        for brin, school in net.scholen.items():
            near = net.vestigingen[brin][0].gemeente_id == team.gemeente_id
            if brin == SCHOOL and fact["sleutel"] == TEAM:
                contact = next(contact for contact in members if contact.email in fixed)
                rows.append(Aanspreekpunt(wijkteam=team, contactpersoon=contact, school=school, vervanger=spare))
            elif near and rng.random() < 0.5:
                rows.append(Aanspreekpunt(wijkteam=team, contactpersoon=rng.choice(pool), school=school, vervanger=spare))
    first = net.vestigingen["80AA"][1]
    team = net.teams["zuidwest"]
    *members, spare = net.contacten["zuidwest"]
    rows.append(Aanspreekpunt(wijkteam=team, contactpersoon=members[-1], vestiging=first, vervanger=spare))
    rows += _predecessors(rows, net, rng)
    Aanspreekpunt.objects.bulk_create(rows)


def _predecessors(rows: list[Aanspreekpunt], net: Netwerk, rng: Random) -> list[Aanspreekpunt]:
    """Some aanspreekpunten took over from a colleague in the past year."""
    earlier = []
    for row in rows:
        if row.school is None or rng.random() > 0.12:
            continue
        row.van = net.op - timedelta(days=rng.randrange(60, 300))
        colleagues = [c for c in net.contacten[_key(net, row.wijkteam)] if c not in (row.contactpersoon, row.vervanger)]
        earlier.append(
            Aanspreekpunt(wijkteam=row.wijkteam, contactpersoon=rng.choice(colleagues), school=row.school, tot=row.van)
        )
    return earlier


def _key(net: Netwerk, team: Wijkteam) -> str:
    return next(key for key, row in net.teams.items() if row.pk == team.pk)


def _write_absence(net: Netwerk, rng: Random) -> None:
    """Who is away today, was away, or will be. A deputy is never away today."""
    deputies = set(Aanspreekpunt.objects.values_list("vervanger_id", flat=True))
    fixed = {net.users[account.email].pk for account in ACCOUNTS if account.email in net.users}
    on_leave = net.teams[AFWEZIG_TEAM]
    known = Aanspreekpunt.objects.filter(wijkteam=on_leave, school=None, vestiging=None, sector="").get()
    rows = [_away(known.contactpersoon_id, known.vervanger_id, net.op, -3, 9)]
    for team, contacts in net.contacten.items():
        spare = contacts[-1]
        for contact in contacts:
            if contact.pk in deputies or contact.pk == known.contactpersoon_id or contact == spare or contact.user_id in fixed:
                continue
            if rng.random() < 0.25:
                rows.append(_away(contact.pk, spare.pk, net.op, -(start := rng.randrange(40, 170)), rng.randrange(5, 20) - start))
            chance = rng.random()
            if chance < 0.07 and team != "spaarndam":
                rows.append(_away(contact.pk, spare.pk, net.op, -rng.randrange(0, 12), rng.randrange(1, 25)))
            elif chance < 0.17:
                rows.append(_away(contact.pk, spare.pk, net.op, start := rng.randrange(28, 70), start + rng.randrange(4, 18)))
    Afwezigheid.objects.bulk_create(rows)


def _write_leavers(net: Netwerk) -> None:
    """People who told that they leave, with everything still to hand over."""
    fixed = {account.email for account in ACCOUNTS}
    for team, weeks in VERTREKKERS.items():
        leaver = next(c for c in net.contacten[team] if c.functie != "wijkteamcoördinator" and c.email not in fixed)
        Contactpersoon.objects.filter(pk=leaver.pk).update(in_dienst_tot=net.op + timedelta(weeks=weeks))


def _away(contact_id: int, vervanger_id: int | None, op: date, van: int, tot_en_met: int) -> Afwezigheid:
    return Afwezigheid(
        contactpersoon_id=contact_id,
        vervanger_id=vervanger_id,
        van=op + timedelta(days=van),
        tot_en_met=op + timedelta(days=tot_en_met),
    )
