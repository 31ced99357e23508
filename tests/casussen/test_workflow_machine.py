"""The machine: every (state, action, role) as the table says, and what each step leaves behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from casussen.actions import perform
from casussen.feiten import facts_of
from casussen.fouten import CasusError, NietBevoegd, OnjuisteStatus, Onvolledig
from casussen.keuzes import Status, Vlag
from casussen.models import Casus, Overgang, Statusperiode, Termijn, Terugkoppeling
from casussen.rules import Feiten, flags_fit
from casussen.workflow import ACTIES, BIJ_TEAM, rule_for, rules_of
from kern.models import Gebeurtenis, Melding
from tests.casussen.stappen import Keus, filled_in
from tests.casussen.waarheid import may
from tests.factories.casussen import NU, STARTEN, TERUGLEGGEN, Wereld, colleague
from toegang.models import Inzage
from toegang.rollen import ROLLEN as TOEGANG_ROLLEN

ROLLEN = {"zc": "zoe", "lid": "wim", "coordinator": "cora", "regio": "rea", "aanbieder": "abel"}
BUITENSTAANDERS = ("otto", "ona", "rik", "teun", "gerda", "fenna", "lena", "swen", "abel", "leeg")
#: Of these, who has a role with steps in it, at another school, team, region or aanbieder.
ELDERS = {"otto", "ona", "rik", "abel"}
LATER = NU + timedelta(hours=3)


def outcome(wereld: Wereld, actie: str, casus: Casus, naam: str) -> CasusError | None:
    """What becomes of this step by this person, with nothing filled in; undone afterwards."""
    try:
        with transaction.atomic():
            perform(actie, casus=casus, by=wereld.kijker(naam), op=LATER, gegevens={})
            transaction.set_rollback(True)
    except CasusError as fout:
        return fout
    return None


def shared(wereld: Wereld, status: Status) -> Casus:
    """A casus in this state that is shared with the aanbieder of the cast, where that can be."""
    if status is Status.TERUGGELEGD:
        return wereld.do("terugleggen", shared(wereld, Status.AANGEMELD), "wim", **TERUGLEGGEN)
    casus = wereld.casus(status)
    if status in (*BIJ_TEAM, Status.AANVULLING_GEVRAAGD):
        return wereld.do("delen", casus, "zoe", **filled_in("delen", casus, wereld, Keus(), NU.date()))
    return casus


def holds_a_role(actie: str, rol: str) -> bool:
    """Does this role take the step from any state at all?"""
    return any(actie in may(status, rol) for status in Status) or (actie, rol) == ("doorzetten", "regio")


@pytest.mark.slow
@pytest.mark.parametrize("status", list(Status))
def test_every_action_by_every_role(wereld: Wereld, status: Status) -> None:
    """As the table says; and whoever is refused hears why, and what would make it possible."""
    casus = shared(wereld, status)
    feiten = facts_of(casus, op=NU.date())
    for rol, naam in ROLLEN.items():
        for actie in ACTIES:
            fout = outcome(wereld, actie, casus, naam)
            regel = rule_for(actie, status)
            who = f"{actie} door {rol}: {fout}"
            if actie in may(status, rol) and _is_concerned(casus, rol, feiten):
                assert regel is not None
                fits = flags_fit(regel, feiten)
                assert fout is None or isinstance(fout, Onvolledig if fits else OnjuisteStatus), who
            elif regel is None and holds_a_role(actie, rol) and _is_concerned(casus, rol, feiten):
                assert isinstance(fout, OnjuisteStatus), who
            else:
                assert isinstance(fout, NietBevoegd), who
            assert fout is None or says_what_would_help(fout, actie), who


def _is_concerned(casus: Casus, rol: str, feiten: Feiten) -> bool:
    if rol == "aanbieder":
        return bool(feiten.dossier.aanbieders)
    return casus.wijkteam_id is not None or rol in {"zc", "regio"}


def says_what_would_help(fout: CasusError, actie: str) -> bool:
    """Who may take it; or else when it can be taken; or else what is missing, at its field."""
    if isinstance(fout, Onvolledig):
        return all(len(item["melding"]) > 10 and item["melding"].endswith((".", "?")) for item in fout.ontbreekt)
    if isinstance(fout, NietBevoegd):
        return any(rol.label in fout.melding for rol in TOEGANG_ROLLEN.values())
    states = [status.label for regel in rules_of(actie) for status in regel.van]
    flags = [vlag.label for vlag in Vlag]
    done_already = " al " in fout.melding and any(regel.gedaan in fout.melding for regel in rules_of(actie))
    return done_already or any(name in fout.melding for name in (*states, *flags))


@pytest.mark.slow
@pytest.mark.parametrize("status", [Status.CONCEPT, Status.TE_ROUTEREN, Status.AANGEMELD, Status.TERUGGELEGD, Status.AFGESLOTEN])
def test_outsiders_may_nothing_and_hear_nothing(wereld: Wereld, status: Status) -> None:
    """Also the aanbieder with whom it is not shared, leerplicht and the samenwerkingsverband. Who has such a role elsewhere tries
    every action; who has no step anywhere, those of this state and three of others."""
    casus = wereld.casus(status)
    tried = [actie for actie in ACTIES if rule_for(actie, status)] + ["ontvangen", "afsluiten", "hulp_starten"]
    for naam in BUITENSTAANDERS:
        for actie in ACTIES if naam in ELDERS else tried:
            assert isinstance(outcome(wereld, actie, casus, naam), NietBevoegd), f"{actie} door {naam}"


def test_a_step_in_the_wrong_state_says_in_which_state_it_can_be_taken(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    with pytest.raises(OnjuisteStatus) as fout:
        wereld.do("afsluiten", casus, "wim", op=LATER)
    assert fout.value.melding == "Dat kan niet bij een casus met status 'ontvangen'. Het kan bij: evaluatie."
    with pytest.raises(OnjuisteStatus) as fout:  # nobody was first: Zoë only submitted it
        wereld.do("starten", wereld.casus(leerlingnummer="B2"), "wim", op=LATER, **STARTEN)
    assert fout.value.melding == "Dat kan niet bij een casus met status 'aangemeld'. Het kan bij: ontvangen."


def test_whoever_takes_a_step_that_was_just_taken_is_told_by_whom(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    with pytest.raises(OnjuisteStatus, match=r"Wim Wijkteam heeft deze casus om 10\.00 al ontvangen\."):
        wereld.do("ontvangen", casus, "cora", op=LATER)


def test_a_flag_that_is_up_already_says_so_and_when_it_can_be_set_again(wereld: Wereld) -> None:
    casus = wereld.do("escaleren", wereld.casus(Status.ONTVANGEN), "wim", toelichting="Wij komen er niet uit.")
    with pytest.raises(OnjuisteStatus, match=r"staat al: geëscaleerd\. Dit kan weer als dat voorbij is\."):
        wereld.do("escaleren", casus, "zoe", toelichting="Ik ook niet.")
    with pytest.raises(OnjuisteStatus, match=r"staat nu niet: zit thuis\. Dit kan pas als dat is gemeld\."):
        wereld.do("thuiszitter_afmelden", casus, "zoe", terug_sinds="2026-12-02", toelichting="Weer op school.")


def test_a_refusal_is_in_the_access_log_and_changes_nothing(wereld: Wereld) -> None:
    casus = wereld.casus()
    before = Casus.objects.filter(pk=casus.pk).values().get()
    with pytest.raises(NietBevoegd, match="Dit doet een wijkteamlid"):
        wereld.do("ontvangen", casus, "otto")
    row = Inzage.objects.latest("id")
    assert (row.actie, row.uitkomst, row.object_id, row.user_id) == ("ontvangen", "geweigerd", casus.pk, wereld.cast.otto.pk)
    assert Casus.objects.filter(pk=casus.pk).values().get() == before


def test_an_action_that_does_not_exist(wereld: Wereld) -> None:
    with pytest.raises(Onvolledig) as fout:
        wereld.do("toveren", wereld.casus(), "wim")
    assert fout.value.ontbreekt == [{"veld": "actie", "melding": "Deze actie bestaat niet."}]


def test_everything_that_is_missing_is_said_at_once(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    with pytest.raises(Onvolledig) as fout:
        wereld.do("starten", casus, "wim", contact_datum="2027-01-01", contact_soort="duivenpost", onzin="x")
    assert {item["veld"] for item in fout.value.ontbreekt} == {
        "contact_soort", "contact_met", "contact_datum", "terugkoppeling_gedaan", "onzin",
    }  # fmt: skip
    assert Overgang.objects.filter(casus=casus, actie="starten").count() == 0


# --- What a step leaves behind ----------------------------------------------------------------------------------
def test_a_step_leaves_its_whole_trace(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    done = wereld.do("starten", casus, "wim", op=LATER, versie=2, **STARTEN)
    assert (done.status, done.versie, done.status_sinds, done.t0) == (Status.IN_BEHANDELING, 3, LATER, NU)
    step = Overgang.objects.get(casus=casus, actie="starten")
    assert (step.van_status, step.naar_status, step.ronde, step.versie) == ("ontvangen", "in_behandeling", 1, 3)
    assert (step.door_id, step.door_naam, step.door_rol) == (wereld.cast.wim.pk, "Wim Wijkteam", "wijkteamlid")
    ended, running = list(Statusperiode.objects.filter(casus=casus).order_by("van", "id"))[-2:]
    assert (ended.status, ended.tot) == ("ontvangen", LATER)
    assert (running.status, running.van, running.tot) == ("in_behandeling", LATER, None)
    event = Gebeurtenis.objects.get(soort="casus_starten", onderwerp_id=casus.pk)
    assert event.gegevens == {
        "van": "ontvangen", "naar": "in_behandeling", "ronde": 1, "overgang": step.pk, "wijkteam": wereld.net.schalkwijk.pk,
    }  # fmt: skip
    feedback = Terugkoppeling.objects.get(casus=casus)
    assert (feedback.aan_id, feedback.overgang_id, feedback.gedaan) == (
        wereld.cast.zoe.pk,
        step.pk,
        STARTEN["terugkoppeling_gedaan"],
    )
    met = Termijn.objects.get(casus=casus, soort="in_behandeling")
    assert (met.gesloten_op, met.gesloten_om) == (LATER, "gehaald")
    clock = Termijn.objects.get(casus=casus, gesloten_op__isnull=True, los=False)
    assert (clock.soort, clock.eigenaar_soort, clock.eigenaar_contactpersoon) == ("mdo_gepland", "wijkteam", wereld.wim)
    looked = Inzage.objects.latest("id")
    assert (looked.actie, looked.uitkomst, looked.rol, looked.relatie) == ("starten", "gelukt", "wijkteamlid", "eigen team")
    assert looked.aanstelling_id == wereld.cast.wim.aanstellingen.get().pk


def test_no_personal_data_in_event_and_outbox(wereld: Wereld) -> None:
    """Marked words typed everywhere are in the casus, and in no event and no melding."""
    merk = "Zwaluwstaart"
    casus = wereld.concept(hulpvraag=merk, krachten=merk, achternaam=merk, contact_gezin=merk)
    for actie, naam, gegevens in (
        ("aanmelden", "zoe", {}),
        ("vragen", "wim", {"vraag": f"{merk} en nog wat?"}),
        ("beantwoorden", "zoe", {"antwoord": merk}),
        ("terugleggen", "wim", {**TERUGLEGGEN, "toelichting": merk, "advies": merk, "alternatief": merk}),
        ("heraanmelden", "zoe", {"toelichting": merk}),
        ("intrekken", "zoe", {"reden": "anders", "namens": "ouders", "toelichting": merk}),
    ):
        casus = wereld.do(actie, casus, naam, **gegevens)
    assert Overgang.objects.filter(casus=casus, toelichting=merk).exists()
    written = [str(row) for row in Gebeurtenis.objects.values_list("gegevens", flat=True)]
    written += [str(row) for row in Melding.objects.values_list("gegevens", flat=True)]
    written += [str(row) for row in Inzage.objects.values_list("doel", "relatie", "actie")]
    assert written
    assert not [row for row in written if merk in row or "Testleerling" in row or "2037" in row]


# --- Twice, and too late ----------------------------------------------------------------------------------------
def test_the_same_form_sent_twice_is_one_step(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    first = wereld.do("starten", casus, "wim", versie=2, **STARTEN)
    again = wereld.do("starten", casus, "wim", versie=2, op=LATER, **STARTEN)
    assert first.pk == again.pk
    assert again.versie == 3
    assert Overgang.objects.filter(casus=casus, actie="starten").count() == 1
    assert Terugkoppeling.objects.filter(casus=casus).count() == 1


def test_sent_twice_after_someone_else_went_on_is_still_one_step(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    wereld.do("starten", casus, "wim", versie=2, **STARTEN)
    wereld.do("vragen", casus, "cora", versie=3, vraag="Hoe gaat het nu op school?")
    again = wereld.do("starten", casus, "wim", versie=2, **STARTEN)
    assert again.status == Status.AANVULLING_GEVRAAGD


def test_another_form_on_an_old_page_is_refused(wereld: Wereld) -> None:
    """Two tabs of one person: the second says something else, so it is not the same form."""
    casus = wereld.casus()
    wereld.do("vragen", casus, "wim", versie=1, vraag="Hoe gaat het op school?")
    with pytest.raises(OnjuisteStatus, match=r"U hebt een vraag om 10\.00 al gesteld"):
        wereld.do("vragen", casus, "wim", versie=1, vraag="Een heel andere vraag?", op=LATER)


def test_without_a_version_the_state_decides_and_says_who_was_first(wereld: Wereld) -> None:
    casus = wereld.casus(Status.ONTVANGEN)
    with pytest.raises(OnjuisteStatus, match=r"^Wim Wijkteam heeft deze casus om 10\.00 al ontvangen\.$") as fout:
        wereld.do("ontvangen", casus, "cora", op=LATER)
    assert (fout.value.wie, fout.value.wat) == ("Wim Wijkteam", "ontvangen")
    with pytest.raises(OnjuisteStatus, match=r"^U hebt deze casus om 10\.00 al ontvangen\.$"):
        wereld.do("ontvangen", casus, "wim", op=LATER)
    with pytest.raises(OnjuisteStatus, match=r"op wo 2 dec om 10\.00 al ontvangen"):
        wereld.do("ontvangen", casus, "cora", op=NU + timedelta(days=1))


def test_an_old_page_is_refused_even_where_the_state_would_allow_it(wereld: Wereld) -> None:
    """A question was asked and answered meanwhile: the state is as it was, the casus is not."""
    casus = wereld.casus(Status.ONTVANGEN)
    wereld.do("vragen", casus, "cora", vraag="Welke dagen is er les?")
    wereld.do("beantwoorden", casus, "zoe", antwoord="Alle dagen.")
    with pytest.raises(OnjuisteStatus, match="Zoë Zorg heeft de vraag"):
        wereld.do("starten", casus, "wim", versie=2, **STARTEN)


def test_whose_casus_was_sent_on_meanwhile_is_told_by_whom(wereld: Wereld) -> None:
    casus = wereld.casus()
    gegevens: dict[str, Any] = {"wijkteam": wereld.net.centrum.pk, "reden": "niet_ons_gebied", "toelichting": "Ander gebied."}
    wereld.do("doorzetten", casus, "cora", versie=1, **gegevens)
    with pytest.raises(OnjuisteStatus, match=r"Cora Coördinator heeft deze casus om 10\.00 al doorgezet"):
        wereld.do("ontvangen", casus, "wim", versie=1)
    with pytest.raises(NietBevoegd):
        wereld.do("ontvangen", casus, "ona", versie=1)


def test_a_new_colleague_is_named_only_within_the_team(wereld: Wereld) -> None:
    casus = wereld.casus()
    eva, user = colleague(wereld.net.schalkwijk, "Eva Extra")
    taken = wereld.do("ontvangen", casus, "wim", behandelaar=eva.pk)
    assert taken.behandelaar == eva
    outside, _ = colleague(wereld.net.centrum, "Bob Buiten")
    other = wereld.casus(leerlingnummer="B2")
    with pytest.raises(Onvolledig) as fout:
        wereld.do("ontvangen", other, "wim", behandelaar=outside.pk)
    assert [item["veld"] for item in fout.value.ontbreekt] == ["behandelaar"]
    assert user.pk != wereld.cast.wim.pk


def test_every_action_of_the_table_can_be_looked_up() -> None:
    assert all(rules_of(actie) for actie in ACTIES)
