"""What happened around a casus: who took it over, birthdays that count, and places in an onderwijs-zorgarrangement."""

from casussen.blik import Blik
from casussen.models import Casus, Mijlpaal, Overdracht, Ozabesluit
from casussen.queries.tijdlijn.basis import Gebeurd, Snede, name_of, told
from casussen.woorden import in_days


def handed_over(casus: Casus, blik: Blik, snede: Snede) -> list[Gebeurd]:
    """Who took over from whom, for everybody who reads the steps: it stands there instead of that step (`stappen.steps`).
    The note is for the team that wrote it."""
    if not (blik.reads or blik.regio):
        return []
    rows = Overdracht.objects.filter(casus=casus).select_related("van", "naar", "door")
    return [
        Gebeurd(
            item.op,
            "overdracht",
            _who_took_over(item),
            wie=name_of(item.door),
            details=told(("Briefje van uw team", item.notitie)) if _own_team(item, blik) else (),
            alleen_team=_own_team(item, blik) and bool(item.notitie),
        )
        for item in snede.newest(rows, "op")
    ]


def _own_team(item: Overdracht, blik: Blik) -> bool:
    return not blik.school and blik.wijkteam_id == item.wijkteam_id


def _who_took_over(item: Overdracht) -> str:
    if not item.hele_casus:
        return f"{item.van} vertrekt. {item.naar} neemt over wat {item.van} in deze casus nog deed."
    leaves = "vertrekt en " if item.vertrek else ""
    return f"{item.van} {leaves}draagt de casus over aan {item.naar}."


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
