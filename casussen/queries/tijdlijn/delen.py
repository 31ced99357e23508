"""With whom the family let it be shared, and what it agreed to: given and withdrawn."""

from casussen.blik import Blik
from casussen.models import Casus, Deling, Instemming
from casussen.queries.tijdlijn.basis import Gebeurd, Snede, name_of, told


def shared(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not blik.reads:
        return []
    rows = Deling.objects.filter(casus=casus).select_related("aanbieder", "gemeente", "verband", "door")
    found = []
    for deling in snede.newest(rows, "op", "ingetrokken_op"):
        party = deling.aanbieder or deling.verband or f"leerplicht van {deling.gemeente}"
        text = f"Toestemming gegeven door {deling.get_gever_display()}: de casus wordt gedeeld met {party}."
        found.append(Gebeurd(deling.op, "deling", text, wie=name_of(deling.door), details=told(("Waarvoor", deling.doel))))
        if deling.ingetrokken_op is not None:
            ended = f"Toestemming ingetrokken: de casus wordt niet meer gedeeld met {party}."
            found.append(Gebeurd(deling.ingetrokken_op, "deling_ingetrokken", ended))
    return found


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
            found.append(Gebeurd(item.ingetrokken_op, "instemming_ingetrokken", f"Ingetrokken: {what}."))
    return found
