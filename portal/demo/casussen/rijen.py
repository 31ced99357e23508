"""What the writers of the demo's dossiers share: rows per table, and clocks that are still to come."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import ForeignKey, Model

from casussen import models as m
from casussen.actions.klokken import due_at
from casussen.keuzes import EigenaarSoort
from casussen.ladder import first_trede
from casussen.rules import LEEFTIJD_ALLEEN, LEEFTIJD_SAMEN, age_on
from casussen.tabel import TermijnRegel
from kern.kalender import Werkkalender, end_of_office_day
from kern.klok import local_date

M = TypeVar("M", bound=Model)


@dataclass(slots=True)
class Rijen:
    """Rows to write, per table, in the order in which they can be."""

    per_model: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: M) -> M:
        self.per_model[type(row)].append(row)
        return row

    def flush(self, *order: type[Model]) -> None:
        for model in order:
            rows = self.per_model.pop(model, [])
            for row in rows:  # what was not saved yet when this row was made, has its key by now
                relations = [f for f in model._meta.concrete_fields if isinstance(f, ForeignKey)]  # noqa: SLF001  (of every model)
                for relation in relations:
                    if (target := relation.get_cached_value(row, default=None)) is not None:
                        setattr(row, relation.attname, target.pk)
            model._default_manager.bulk_create(rows, batch_size=2_000)  # noqa: SLF001  (the manager that every model has)


def giver_of(casus: m.Casus, dag: date) -> str:
    """Whose consent it is at this age."""
    born = casus.leerling.geboortedatum if casus.leerling else None
    age = age_on(born, dag) if born else LEEFTIJD_ALLEEN
    return "jongere" if age >= LEEFTIJD_ALLEEN else "beide" if age >= LEEFTIJD_SAMEN else "ouders"


@dataclass(slots=True)
class Klokken:
    """Loose termijnen that are still to come at `moment`."""

    rijen: Rijen
    moment: datetime
    kalender: Werkkalender

    def start(self, casus: m.Casus, soort: str, eigenaar: EigenaarSoort, dag: date, op: datetime, **which: Any) -> None:
        """A loose termijn that is still to come."""
        due = end_of_office_day(dag)
        start = first_trede(op=self.moment, vervalt_op=due, kalender=self.kalender)
        person = casus.behandelaar if eigenaar == EigenaarSoort.WIJKTEAM else None
        user = casus.aangevraagd_door_id if eigenaar == EigenaarSoort.SCHOOL else person.user_id if person else None
        self.rijen.add(
            m.Termijn(
                casus=casus,
                ronde=casus.ronde,
                soort=soort,
                eigenaar_soort=eigenaar,
                eigenaar_wijkteam=casus.wijkteam if eigenaar == EigenaarSoort.WIJKTEAM else None,
                eigenaar_contactpersoon=person,
                eigenaar_user_id=user,
                los=True,
                begint_op=op,
                vervalt_op=due,
                volgende_stap=start.stap,
                volgende_op=start.op,
                **which,
            )
        )

    def start_by(self, regel: TermijnRegel, casus: m.Casus, op: datetime, **which: Any) -> None:
        """A loose termijn of the table, which began at `op` and is due when the table says."""
        due = due_at(regel, casus=casus, op=op)
        self.start(casus, regel.soort, regel.eigenaar, local_date(due), op, **which)
