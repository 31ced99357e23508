"""The demo region in the test database, for the tests of one module: loaded once, and gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

from portal.demo import SEED
from portal.demo.laden import Inhoud, load

#: A Thursday without holidays around it.
OP = date(2026, 11, 19)


@contextmanager
def as_owner() -> Iterator[None]:
    """As `load_demo` works: only the owner may tell the planner what there is, without which it takes what was rolled back before
    for empty tables, and a question for minutes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        ((role,),) = cursor.fetchall()
        cursor.execute("RESET ROLE")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f'SET ROLE "{role}"')


@contextmanager
def demo_region(blocker: Any, *, adressen: int, casussen: int, seed: int = SEED, op: date = OP) -> Iterator[Inhoud]:
    """Everything happens inside one transaction that is rolled back; each test has its own savepoint within it.

    `blocker` is the fixture `django_db_blocker`; the fixture `django_db_setup` must be asked for as well.
    """
    with blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            with as_owner():
                found = load(adressen=adressen, casussen=casussen, seed=seed, op=op, meld=lambda _step: None)
            yield found
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
