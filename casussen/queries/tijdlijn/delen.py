"""With whom the family let it be shared, and what it agreed to: given and withdrawn."""

from django.db.models import F, OuterRef, Subquery

from casussen.blik import Blik
from casussen.keuzes import EINDSTATUSSEN
from casussen.models import Casus, Deling, Instemming, Overgang
from casussen.queries.tijdlijn.basis import Gebeurd, Snede, name_of, told
from casussen.woorden import how_casus_ended


def shared(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not blik.reads:
        return []
    # The step that ended the casus, when sharing stopped at that very moment.
    ending = Overgang.objects.filter(casus=OuterRef("casus"), op=OuterRef("ingetrokken_op"), naar_status__in=EINDSTATUSSEN)
    rows = Deling.objects.filter(casus=casus).select_related("aanbieder", "gemeente", "verband", "door")
    rows = rows.annotate(einde=Subquery(ending.exclude(van_status=F("naar_status")).values("naar_status")[:1]))
    found = []
    for deling in snede.newest(rows, "op", "ingetrokken_op"):
        party = deling.aanbieder or deling.verband or f"leerplicht van {deling.gemeente}"
        text = f"Toestemming gegeven door {deling.get_gever_display()}: de casus wordt gedeeld met {party}."
        found.append(Gebeurd(deling.op, "deling", text, wie=name_of(deling.door), details=told(("Waarvoor", deling.doel))))
        if deling.ingetrokken_op is not None:
            found.append(Gebeurd(deling.ingetrokken_op, "deling_ingetrokken", _ended(deling, str(party))))
    return found


def _ended(deling: Deling, party: str) -> str:
    """Who ended it, and only when somebody did: with the end of a casus sharing stops by itself."""
    if deling.ingetrokken_namens:
        who = deling.get_ingetrokken_namens_display()
        return f"Toestemming ingetrokken namens {who}: de casus wordt niet meer gedeeld met {party}."
    if how := how_casus_ended(getattr(deling, "einde", None) or ""):
        return f"Het delen met {party} stopte met {how} van de casus."
    return f"De casus wordt niet meer gedeeld met {party}."


def agreed(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not blik.reads:
        return []
    found = []
    rows = Instemming.objects.filter(casus=casus).select_related("door")
    for item in snede.newest(rows, "op", "ingetrokken_op"):
        what = item.get_soort_display()
        text = f"Vastgelegd van {item.get_gever_display()}: {what}."
        found.append(Gebeurd(item.op, "instemming", text, wie=name_of(item.door), details=told(("Uitleg", item.toelichting))))
        if item.ingetrokken_op is not None:
            namens = f" namens {item.get_ingetrokken_namens_display()}" if item.ingetrokken_namens else ""
            found.append(Gebeurd(item.ingetrokken_op, "instemming_ingetrokken", f"Ingetrokken{namens}: {what}."))
    return found
