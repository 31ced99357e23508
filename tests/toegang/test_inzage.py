"""The access log can be added to and read, never changed: the database sees to it."""

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, connection, transaction

from kern.kijker import systeem
from kern.klok import today
from tests.factories.toegang import appoint, kijker_of, make_cast
from toegang.actions.inzage import log_inzage
from toegang.models import Inzage
from toegang.rollen import WIJKTEAMLID

pytestmark = pytest.mark.django_db


def test_a_row_says_who_what_and_in_which_role():
    cast = make_cast()
    op = datetime(2026, 3, 2, 9, tzinfo=UTC)
    log_inzage(kijker=kijker_of(cast.zoe), actie="bekijken", object_soort="casus", object_id=7, relatie="eigen school", op=op)
    row = Inzage.objects.get()
    assert (row.op, row.user, row.rol, row.aanstelling_id) == (op, cast.zoe, "zorgcoordinator", cast.zoe.aanstellingen.get().pk)
    assert (row.actie, row.object_soort, row.object_id) == ("bekijken", "casus", 7)
    assert (row.uitkomst, row.relatie) == ("gelukt", "eigen school")


def test_someone_with_two_roles_is_logged_in_the_role_that_was_used():
    cast = make_cast()
    appoint(cast.zoe, WIJKTEAMLID, cast.team_a)
    kijker = kijker_of(cast.zoe)
    assert log_inzage(kijker=kijker, actie="bekijken", object_soort="casus", object_id=7).rol == ""
    (used,) = [houdt for houdt in kijker.houdt if houdt.rol == "wijkteamlid"]
    row = log_inzage(kijker=kijker, actie="bekijken", object_soort="casus", object_id=7, houdt=used)
    assert (row.rol, row.aanstelling_id) == ("wijkteamlid", used.aanstelling_id)


def test_the_portal_itself_is_named():
    assert log_inzage(kijker=systeem(today()), actie="aanmelden", object_soort="casus", object_id=7).rol == "systeem"


@pytest.mark.parametrize("role", ["aanspreekpunt_web", "aanspreekpunt_taak"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE toegang_inzage SET actie = 'niets'",
        "DELETE FROM toegang_inzage",
        "TRUNCATE toegang_inzage",
        "DROP TABLE toegang_inzage",
        "ALTER TABLE toegang_inzage ADD COLUMN x int",
    ],
)
def test_no_process_may_alter_it(role, statement):
    log_inzage(kijker=systeem(today()), actie="bekijken", object_soort="casus", object_id=7)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(statement)
    assert Inzage.objects.count() == 1


@pytest.mark.parametrize("role", ["aanspreekpunt_web", "aanspreekpunt_taak"])
def test_every_process_may_add_and_read_and_nothing_else(role):
    held = []
    with connection.cursor() as cursor:
        for privilege in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES"):
            cursor.execute("SELECT has_table_privilege(%s, 'toegang_inzage', %s)", [role, privilege])
            held += [privilege] if cursor.fetchone()[0] else []
    assert held == ["SELECT", "INSERT"]
