"""What would a change mean? `effect_of` over the demo region beside one bulk route of every address in it, for one sector.

It works out the team of every address before and after, for all sectors and ages, routes the pupils and casussen of the region
twice, and finds holes and crossings. The change is one wijk that goes to another team: the draft of the demo region.
"""

import statistics
from datetime import timedelta

import polars as pl

from bench.common import Row, in_turn, median_ratio, print_rows
from gebieden.models import Gemeente, Regio, RegisterRegel
from kern.kijker import systeem
from kern.klok import now, today
from portal.netwerk.gevolg import Gevolg, effect_of
from portal.netwerk.gevolg_leerlingen import load_pupils
from wijkteams.actions.voorstellen import carry_out
from wijkteams.models import Voorstel
from wijkteams.routering.bulk import route_readable

ROUNDS = 7
OVER = timedelta(weeks=6)


def all_addresses(regio_id: int) -> pl.DataFrame:
    """Every address of the region, as bulk routing reads it."""
    codes = set(Gemeente.objects.filter(regio_id=regio_id).values_list("code", flat=True))
    regels = RegisterRegel.objects.filter(editie__actief=True).values_list("postcode", "buurt_code", "huisnummers")
    rijen = [(pc, nr) for pc, buurt, nummers in regels.iterator() if f"GM{buurt[2:6]}" in codes for nr in nummers]
    frame = pl.DataFrame(rijen, schema={"postcode": pl.String, "huisnummer": pl.Int32}, orient="row").with_row_index("nr")
    leeg = {"school_id": pl.lit(None, pl.Int64), "vestiging_id": pl.lit(None, pl.Int64), "leeftijd": pl.lit(14, pl.Int16)}
    return frame.with_columns(sectoren=pl.lit("vo"), **leeg)


def main() -> list[Row]:
    voorstel = Voorstel.objects.filter(status="concept").select_related("regio").order_by("pk").first()
    regio = voorstel.regio if voorstel else Regio.objects.order_by("pk").first()
    if voorstel is None or regio is None:
        raise SystemExit("Laad eerst de demo-regio: manage.py load_demo.")
    op = max(voorstel.ingaat_op, today())
    by = systeem(today(), "bench")
    seen: list[Gevolg] = []

    def ours() -> None:
        seen.append(effect_of(lambda: carry_out(voorstel, by=by, op=now()), regio=regio, op=op))

    vragen = all_addresses(regio.pk)

    def yardstick() -> None:
        route_readable(vragen, op)

    times, bulk = in_turn(ours, yardstick, rounds=ROUNDS)
    gevolg = seen[-1]
    assert gevolg.adressen > 0, "the change changed nothing"
    routed = len(load_pupils(regio.pk, op))
    return [
        Row(
            name=f"effect of moving a wijk, {gevolg.adressen_voor} addresses and {routed} pupils and casussen",
            ours=f"{1000 * statistics.median(times):.0f} ms",
            yardstick=f"{1000 * statistics.median(bulk):.0f} ms, one bulk route of {len(vragen)} addresses",
            ratio=median_ratio(times, bulk),
            target="≤ 4",
            note=f"{gevolg.adressen} addresses, {gevolg.aantal_leerlingen} pupils, {len(gevolg.casussen)} casussen move",
        )
    ]


if __name__ == "__main__":
    print_rows(main())
