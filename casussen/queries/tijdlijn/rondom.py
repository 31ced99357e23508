"""What happened around a casus: who took it over, birthdays that count, and places in an onderwijs-zorgarrangement."""

from casussen.blik import Blik
from casussen.models import Casus, Mijlpaal, Overdracht, Ozabesluit
from casussen.queries.tijdlijn.basis import Gebeurd, Snede, in_days, name_of, told


def handed_over(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    """That somebody else took over is told by the step itself; the note is for the team that wrote it."""
    if blik.wijkteam_id is None or blik.school:
        return []
    rows = Overdracht.objects.filter(casus=casus, wijkteam_id=blik.wijkteam_id).exclude(notitie="")
    return [
        Gebeurd(
            item.op,
            "overdracht",
            f"{item.van} droeg de casus over aan {item.naar}.",
            wie=name_of(item.door),
            details=(("Briefje van uw team", item.notitie),),
            alleen_team=True,
        )
        for item in snede.newest(rows.select_related("van", "naar", "door"), "op")
    ]


def birthdays(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    if not blik.reads:
        return []
    words = {16: "vanaf dan beslist de jongere zelf over toestemming", 18: "de overdracht van hulp moet nu worden geregeld"}
    return [
        Gebeurd(
            item.verteld_op, "mijlpaal", f"Op {in_days(item.datum)} wordt de jongere {item.leeftijd}: {words[item.leeftijd]}."
        )
        for item in snede.newest(Mijlpaal.objects.filter(casus=casus), "verteld_op")
    ]


def places(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    """For school and team, and for the aanbieder that holds the place."""
    rows = Ozabesluit.objects.filter(plaatsing__casus=casus).select_related("plaatsing__arrangement", "door")
    if not blik.reads:
        rows = rows.filter(plaatsing__arrangement__aanbieder_id__in=blik.aanbieders)
    return [
        Gebeurd(
            item.op,
            "plaatsing",
            f"{item.plaatsing.arrangement.naam}: {item.get_soort_display()} per {in_days(item.per)}, "
            f"besloten door {item.namens_school} en {item.namens_aanbieder}.",
            wie=name_of(item.door),
            details=told(("Reden", item.reden)),
        )
        for item in snede.newest(rows, "op")
    ]
