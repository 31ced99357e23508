"""How a name is folded, so that it is found however it is typed: 'Müller-Ĳsbrand' and 'muller ysbrand' are the same word.

PostgreSQL does it, in one immutable function (`zoek_vouw`, migration 0006): without ICU or unaccent, the same for what is stored
and for what is asked, and fit for a column that the database keeps itself.
"""

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat

from kern.zoeken import Vouw

__all__ = ["Vouw", "folded_name"]


def folded_name(*velden: str) -> Func:
    """One or more columns after each other, folded."""
    parts = [part for veld in velden for part in (Value(" "), F(veld))][1:]
    return Vouw(Concat(*parts, output_field=TextField()) if len(parts) > 1 else parts[0])
