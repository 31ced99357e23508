"""The figures of the demo region: what it aims for, and what was published until the day of loading."""

from datetime import date
from decimal import Decimal

from casussen.models import Indicator, Streefwaarde
from portal.dashboard.acties import refresh_dashboard
from portal.demo.netwerk import Netwerk

#: Invented, as everything of the demo: what the region agreed on when it began, and a year later.
STREVEN = (
    (Indicator.REACTIE_OP_TIJD, "80", date(2025, 1, 1)),
    (Indicator.REACTIE_OP_TIJD, "90", date(2026, 8, 1)),
    (Indicator.REACTIE_MEDIAAN, "2", date(2025, 1, 1)),
    (Indicator.HULP_MEDIAAN, "21", date(2025, 1, 1)),
    (Indicator.HULP_OP_TIJD, "75", date(2025, 1, 1)),
    (Indicator.TE_LAAT, "10", date(2025, 1, 1)),
    (Indicator.DOORGEZET, "5", date(2025, 1, 1)),
)


def publish_figures(net: Netwerk, *, op: date) -> None:
    """The targets of the demo region, and its figures. Those of the regions around it (national size) come in the night."""
    Streefwaarde.objects.bulk_create(
        Streefwaarde(regio=net.regio, indicator=indicator, waarde=Decimal(waarde), vanaf=vanaf, door=net.regio_users[0])
        for indicator, waarde, vanaf in STREVEN
    )
    refresh_dashboard(regio=net.regio, op=op)
