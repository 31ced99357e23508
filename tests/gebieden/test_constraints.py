"""The rules about areas that the database itself holds, each violated on purpose."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from gebieden.models import Buurt, Editie, EditieStatus, Gemeente, RegisterRegel, Wijk
from tests.factories.netwerk import EditieFactory, RegisterRegelFactory

pytestmark = pytest.mark.django_db


def refused(match: str, soort: type[Exception] = IntegrityError) -> Any:
    return pytest.raises(soort, match=match)


def test_one_editie_is_active_at_most():
    EditieFactory.create(actief=True)
    with refused("editie_een_actief"):
        EditieFactory.create(actief=True)


@pytest.mark.parametrize("status", [EditieStatus.LADEN, EditieStatus.MISLUKT])
def test_only_a_loaded_editie_is_active(status):
    with refused("editie_actief_is_geladen"):
        EditieFactory.create(actief=True, status=status)


def test_a_version_of_a_year_exists_once():
    EditieFactory.create(jaar=2025, versie=1)
    with refused("editie_jaar_versie"):
        EditieFactory.create(jaar=2025, versie=1)


@pytest.mark.parametrize("code", ["0392", "GM392", "GM03921", "gm0392", "GM039A", ""])
def test_a_gemeente_has_a_cbs_code(code):
    with refused("gemeente_code_vorm|too long", DatabaseError):
        Gemeente.objects.create(code=code, naam="x")


def test_a_gemeente_exists_once():
    Gemeente.objects.create(code="GM0392", naam="Haarlem")
    with refused("unique"):
        Gemeente.objects.create(code="GM0392", naam="Haarlem")


@pytest.mark.parametrize(("model", "code", "regel"), [(Wijk, "WK0392", "wijk_code_vorm"), (Buurt, "BU039201", "buurt_code_vorm")])
def test_wijk_and_buurt_have_a_cbs_code(model, code, regel):
    with refused(regel):
        model.objects.create(editie=EditieFactory.create(), code=code, naam="x")


@pytest.mark.parametrize(("model", "code"), [(Wijk, "WK0363AF"), (Buurt, "BU0363AF01")])
def test_an_area_exists_once_per_editie_and_may_be_alphanumeric(model, code):
    editie = EditieFactory.create()
    model.objects.create(editie=EditieFactory.create(), code=code, naam="x")
    model.objects.create(editie=editie, code=code, naam="x")
    with refused("editie_code"):
        model.objects.create(editie=editie, code=code, naam="y")


@pytest.mark.parametrize("postcode", ["0000AA", "2011", "2011aa", "11AAAA", ""])
def test_the_register_holds_exact_postcodes_only(postcode):
    with refused("register_postcode_vorm"):
        RegisterRegelFactory.create(postcode=postcode)


def test_a_row_of_the_register_has_numbers():
    with refused("register_niet_leeg"):
        RegisterRegelFactory.create(huisnummers=[])


def test_a_postcode_has_one_row_per_buurt():
    editie = EditieFactory.create()
    RegisterRegelFactory.create(editie=editie)
    with refused("register_sleutel"):
        RegisterRegelFactory.create(editie=editie)


def test_a_row_needs_an_editie_that_exists():
    with refused("zonder editie"):
        RegisterRegel.objects.create(editie_id=999_999, postcode="2011AA", buurt_code="BU03920101", huisnummers=[1])


def test_a_row_cannot_move_to_an_editie_that_does_not_exist():
    regel = RegisterRegelFactory.create()
    with refused("zonder editie"):
        RegisterRegel.objects.filter(pk=regel.pk).update(editie_id=999_999)


def test_many_rows_at_once_are_checked_too():
    editie = EditieFactory.create()
    regels = [RegisterRegel(editie=editie, postcode=f"2011A{a}", buurt_code="BU03920101", huisnummers=[1]) for a in "ABC"]
    regels.append(RegisterRegel(editie_id=999_999, postcode="2011AD", buurt_code="BU03920101", huisnummers=[1]))
    with refused("zonder editie"):
        RegisterRegel.objects.bulk_create(regels)


def test_an_editie_with_rows_cannot_be_deleted_behind_their_back():
    regel = RegisterRegelFactory.create()
    with refused("heeft nog registerregels"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM gebieden_editie WHERE id = %s", [regel.editie_id])
    assert Editie.objects.count() == 1


def test_deleting_an_editie_takes_its_rows_along():
    regel = RegisterRegelFactory.create()
    regel.editie.delete()
    assert not RegisterRegel.objects.exists()


def test_the_web_role_may_not_empty_or_alter_the_register():
    for sql in ("TRUNCATE gebieden_registerregel", "ALTER TABLE gebieden_registerregel DISABLE TRIGGER ALL"):
        with refused("permission denied|must be owner", DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
