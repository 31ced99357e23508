"""Lists: my day, the team's queue, the school's casussen, what waits for a team. Filter, order and page live in the URL."""

from casussen.views.lijsten.bewaren import bewaard, nieuw
from casussen.views.lijsten.mijn_dag import mijn_dag
from casussen.views.lijsten.regio import te_routeren
from casussen.views.lijsten.school import casussen
from casussen.views.lijsten.werkvoorraad import toewijzen, werkvoorraad

__all__ = ["bewaard", "casussen", "mijn_dag", "nieuw", "te_routeren", "toewijzen", "werkvoorraad"]
