"""The charts of the style guide: every kind once, with invented figures."""

from portal.grafiek import VERBORGEN, Grafiek, Norm, Reeks, Soort

JAREN = ("2022-2023", "2023-2024", "2024-2025", "2025-2026")
SCHOLEN = ("Duincollege", "Zeewijk Lyceum", "Praktijkschool De Kade", "Scholengemeenschap Waterlicht, havo-vwo")
PERIODE = "Schooljaar 2025-2026, verzonnen cijfers"


def charts() -> list[Grafiek]:
    """In the order of the page."""
    return [
        Grafiek(
            sleutel="voorbeeld-staven",
            titel="Hoeveel leerlingen kregen hulp, per school?",
            telt="Leerlingen met een vorm van jeugdhulp, per school.",
            soort=Soort.STAVEN,
            liggend=True,
            x=SCHOLEN,
            x_naam="School",
            reeksen=(Reeks("Leerlingen met hulp", (65, 40, VERBORGEN, 1250)),),
            eenheid="leerlingen",
            periode=PERIODE,
        ),
        Grafiek(
            sleutel="voorbeeld-lijnen",
            titel="Hoe snel krijgen scholen antwoord?",
            telt="Werkdagen tussen aanmelden en ontvangen, de mediaan. Alleen casussen die al antwoord kregen.",
            soort=Soort.LIJNEN,
            x=("aug–okt", "nov–jan", "feb–apr", "mei–jul"),
            x_naam="Kwartaal",
            reeksen=(Reeks("Haarlem", (1.5, VERBORGEN, 2.5, 2)), Reeks("Hele regio", (2, 2.5, 2, None))),
            eenheid="werkdagen",
            decimalen=1,
            norm=Norm(2, "norm: 2 werkdagen"),
            periode=PERIODE,
        ),
        Grafiek(
            sleutel="voorbeeld-gestapeld",
            titel="Welke hulp was dat, door de jaren heen?",
            telt="Ingezette hulp per schooljaar. Een leerling met twee soorten hulp telt twee keer.",
            soort=Soort.GESTAPELD,
            x=JAREN,
            x_naam="Schooljaar",
            reeksen=(
                Reeks("Ambulante hulp", (120, 135, 150, 160)),
                Reeks("Dagbehandeling", (25, 20, VERBORGEN, 15)),
                Reeks("Verblijf", (15, 15, VERBORGEN, 20)),
            ),
            eenheid="keer",
        ),
        Grafiek(
            sleutel="voorbeeld-groepen",
            titel="Komt het antwoord op tijd?",
            telt="Deel van de casussen dat binnen de norm antwoord kreeg, per sector.",
            soort=Soort.STAVEN,
            x=("vo", "vso", "pro", "mbo"),
            x_naam="Sector",
            reeksen=(Reeks("2024-2025", (75, 60, VERBORGEN, 80)), Reeks("2025-2026", (85, 70, 65, None))),
            eenheid="%",
            norm=Norm(90, "norm: 90%"),
        ),
        Grafiek(
            sleutel="voorbeeld-warmte",
            titel="Waar stokt het?",
            telt="Casussen waarvan een termijn voorbij is, per wijkteam en week.",
            soort=Soort.WARMTE,
            x=("wk 44", "wk 45", "wk 46", "wk 47"),
            x_naam="Wijkteam",
            reeksen=(
                Reeks("Schalkwijk", (10, 15, 35, 40)),
                Reeks("Haarlem-Oost", (VERBORGEN, VERBORGEN, 10, 15)),
                Reeks("IJmuiden", (20, 15, None, VERBORGEN)),
            ),
            eenheid="casussen",
        ),
    ]
