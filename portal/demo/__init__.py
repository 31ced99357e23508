"""The demo region: Zuid-Kennemerland en IJmond, with invented people, schools, teams and pupils.

    manage.py load_demo          fills an empty database (demo and test mode only)
    manage.py demo_info --json   what there is to try: accounts, one address per outcome, URLs

Areas (gemeenten, wijken, PC4) are facts; buurten, PC6 letters and house numbers are invented, and so is everybody. Telephone
numbers begin with a zero after the area code, which no Dutch number does; mail addresses end in `.example` (RFC 2606).
Everything follows from a seed and a reference date: the same two give the same region.
"""

#: The password of every demo account. It is public; production refuses to have these accounts (see `portal.demo.checks`).
DEMO_WACHTWOORD = "welkom-in-de-demo"
#: Only demo accounts have addresses here; nobody can receive mail at it.
DEMO_DOMEIN = "demo.example"
REGIO_NAAM = "Zuid-Kennemerland en IJmond"
#: The editie the demo register is loaded as.
EDITIE_JAAR = 2025
ADRESSEN, CASUSSEN, SEED = 180_000, 2_500, 2025
