"""`manage.py create_token`, and withdrawing."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kern.kijker import systeem
from kern.klok import now, today
from kern.models import Gebeurtenis
from tests.factories.toegang import appoint, make_cast
from toegang.actions.tokens import withdraw_token
from toegang.models import ApiToken
from toegang.models.token import hash_token
from toegang.rollen import WIJKTEAMLID, ZORGCOORDINATOR

pytestmark = pytest.mark.django_db


def create(*args: str) -> str:
    out = StringIO()
    call_command("create_token", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_it_prints_nothing_but_the_token():
    cast = make_cast()
    printed = create("ZOE@test.example")
    assert printed == printed.strip() + "\n"
    token = ApiToken.objects.get(hash=hash_token(printed.strip()))
    assert token.aanstelling.user == cast.zoe
    assert token.verloopt_op is not None
    assert timedelta(days=89) < token.verloopt_op - now() <= timedelta(days=90)
    assert Gebeurtenis.objects.filter(soort="token_gemaakt", onderwerp_id=token.pk).exists()


def test_two_tokens_differ():
    make_cast()
    assert create("zoe@test.example") != create("zoe@test.example")


def test_it_asks_which_when_there_are_more():
    cast = make_cast()
    appoint(cast.zoe, WIJKTEAMLID, cast.team_a)
    second = appoint(cast.zoe, ZORGCOORDINATOR, cast.school_b)
    with pytest.raises(CommandError, match="kies er een"):
        create("zoe@test.example")
    assert ApiToken.objects.get(hash=hash_token(create("zoe@test.example", "--rol=wijkteamlid").strip())).aanstelling.wijkteam
    with pytest.raises(CommandError, match="kies er een"):
        create("zoe@test.example", "--rol=zorgcoordinator")
    chosen = create("zoe@test.example", f"--aanstelling={second.pk}").strip()
    assert ApiToken.objects.get(hash=hash_token(chosen)).aanstelling == second


@pytest.mark.parametrize(
    "args",
    [
        ("niemand@test.example",),
        ("leeg@test.example",),
        ("zoe@test.example", "--rol=wijkteamlid"),
        ("zoe@test.example", "--dagen=0"),
    ],
)
def test_it_refuses(args):
    make_cast()
    with pytest.raises(CommandError):
        create(*args)
    assert not ApiToken.objects.exists()


def test_it_refuses_someone_who_left():
    cast = make_cast()
    cast.zoe.aanstellingen.update(tot=today())
    with pytest.raises(CommandError):
        create("zoe@test.example")


def test_withdrawing_keeps_its_first_moment():
    make_cast()
    token = ApiToken.objects.get(hash=hash_token(create("zoe@test.example").strip()))
    first = now()
    by = systeem(today())
    withdraw_token(token=token, by=by, op=first)
    withdraw_token(token=token, by=by, op=first + timedelta(days=1))
    token.refresh_from_db()
    assert token.ingetrokken_op == first
    assert Gebeurtenis.objects.filter(soort="token_ingetrokken").count() == 1
    assert not ApiToken.objects.usable(now()).exists()
