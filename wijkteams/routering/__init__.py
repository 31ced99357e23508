"""From a home address to one known person: the public face of routing (design §4).

    from wijkteams.routering import Route, Uitkomst, route_address

    route = route_address(postcode="2037 rb", huisnummer="12-B", sector="vo", school="99AB00", geboortedatum=date(2011, 5, 17))
    route.uitkomst          -> Uitkomst.TOEGEWEZEN
    route.te_bellen         -> the person to call: the deputy while the aanspreekpunt is away
    route.wijkteam.id, route.aanspreekpunt.id (a Contactpersoon), route.gemeente_id, route.editie_id
    route.as_json()         -> the JSON of design §4

Never an exception for what was typed, and never a silent guess: what is not certain comes back as candidates, each with its
reason, and every step is explained in `route.uitleg`. At most three queries; nothing is stored or logged. Of a secret address
(`geheim=True`) the Route holds neither the address nor wijk and buurt.

    from wijkteams.routering.bulk import route_bulk, route_file
    route_file(Path("in.csv"), Path("out.csv"))     # many at once, set-based, same answers
    route_bulk([{"postcode": "2037RB", "huisnummer": "12"}])

Inside: `invoer` reads the question, `gebieden.register` finds the buurt, `netwerk` loads rules and people, `wijkteams.rules`
decides, `kandidaten` and `uitleg` put it into words, `bulk` does the same for a file.
"""

from gebieden.adres import Fout
from wijkteams.routering.enkel import route_address
from wijkteams.routering.uitkomst import Gebied, Kandidaat, Loket, Persoon, Route, Stap, Team, Uitkomst

__all__ = ["Fout", "Gebied", "Kandidaat", "Loket", "Persoon", "Route", "Stap", "Team", "Uitkomst", "route_address"]
