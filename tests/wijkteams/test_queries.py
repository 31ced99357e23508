"""Rules that another editie touches, and holes in the network."""

from datetime import date

import pytest

from gebieden.models import Editie
from gebieden.queries import Verschil
from tests.factories.netwerk import EditieFactory, WerkgebiedFactory, WijkteamFactory, make_register, make_team, make_wijk
from tests.wijkteams.conftest import OP
from wijkteams.models import Werkgebied
from wijkteams.queries import Gat, describe_touched, find_gaps, vervallen_werkgebieden


@pytest.mark.usefixtures("net")
class TestAnotherEditie:
    def test_each_touched_rule_is_named_with_its_team_and_the_reason(self, net):
        buurt = WerkgebiedFactory.create(wijkteam=net.schalkwijk, soort="buurt", gebied="BU03920502")
        wijk = Werkgebied.objects.get(gebied="WK039205")
        verschil = Verschil(
            vervallen=frozenset({"BU03920502", "2037AA"}), gewijzigd=frozenset({"WK039205"}), hernoemd=frozenset({"WK039205"})
        )
        assert describe_touched(verschil) == [
            f"Wijkteam Schalkwijk, werkgebied {buurt.pk}: buurt BU03920502 bestaat niet meer",
            f"Wijkteam Schalkwijk, werkgebied {wijk.pk}: wijk WK039205 heeft een andere grens en heeft een andere naam",
        ]

    def test_a_rule_that_ended_needs_no_look(self):
        Werkgebied.objects.filter(gebied="WK039205").update(tot=date(2020, 1, 1))
        assert describe_touched(Verschil(vervallen=frozenset({"WK039205"}))) == []

    def test_rules_for_areas_that_an_editie_does_not_know(self):
        nieuw = EditieFactory.create(jaar=2026, gemeenten={"GM0392": "Haarlem"})
        make_wijk(nieuw, "039201", "Haarlemmerhoutkwartier", ("01", "Haarlemmerhout"))
        make_register(nieuw, {("2037RB", "03920101"): [1]})
        team = WijkteamFactory.create()
        for soort, gebied in [
            *(("buurt", "BU03920101"), ("pc4", "2037"), ("pc6", "2037RB"), ("voorrang", "GM0392")),
            *(("buurt", "BU03920501"), ("pc4", "2034"), ("pc6", "2034AA"), ("nummers", "2037XX"), ("voorrang", "GM0397")),
        ]:
            WerkgebiedFactory.create(wijkteam=team, soort=soort, gebied=gebied)
        assert {(rule.soort, rule.gebied) for rule in vervallen_werkgebieden(nieuw)} == {
            *(("buurt", "BU03920501"), ("pc4", "2034"), ("pc6", "2034AA"), ("nummers", "2037XX"), ("voorrang", "GM0397")),
            *(("wijk", "WK039205"), ("gemeente", "GM0397")),
        }

    def test_the_present_editie_knows_all(self, net):
        assert not vervallen_werkgebieden(net.editie).exists()


class TestGaps:
    def test_a_whole_network_has_none(self, net):
        assert find_gaps(OP) == []
        assert net.editie == Editie.objects.get(actief=True)

    def test_a_buurt_without_a_team(self, net):
        Werkgebied.objects.filter(wijkteam=net.centrum).delete()
        assert find_gaps(OP) == [
            Gat("Haarlem", "BU03920101", "Haarlemmerhout", ("po", "so", "vo", "vso", "pro", "mbo"), deels=False)
        ]

    def test_some_sectors_and_some_ages(self, net):
        Werkgebied.objects.filter(wijkteam=net.centrum).update(sector="po")
        make_team("Stedelijk vo", ("voorrang", "GM0392"))
        Werkgebied.objects.filter(soort="voorrang").update(sector="vo", leeftijd_tot=17)
        assert [gat.sectoren for gat in find_gaps(OP)] == [("so", "vo", "vso", "pro", "mbo")]
        Werkgebied.objects.filter(soort="voorrang").update(leeftijd_tot=18)
        assert [gat.sectoren for gat in find_gaps(OP)] == [("so", "vso", "pro", "mbo")]

    def test_partly_covered_by_a_rule_for_a_postcode(self, net):
        Werkgebied.objects.filter(wijkteam=net.centrum).delete()
        make_team("Postcode", ("pc6", "2034AA"))
        assert [gat.deels for gat in find_gaps(OP)] == [True]

    def test_on_another_day_and_with_a_team_that_stopped(self, net):
        net.centrum.geldig_tot = OP
        net.centrum.save()
        assert [gat.buurt for gat in find_gaps(OP)] == ["Haarlemmerhout"]
        assert find_gaps(date(2026, 8, 31)) == []

    def test_the_number_of_queries_does_not_grow(self, net, django_assert_num_queries):
        Werkgebied.objects.filter(wijkteam=net.centrum).delete()
        make_team("Postcode", ("pc6", "2034AA"))
        with django_assert_num_queries(5):
            find_gaps(OP)
        make_wijk(net.editie, "039202", "Meer", *((f"{number:02d}", f"Buurt {number}") for number in range(1, 9)))
        with django_assert_num_queries(5):
            assert len(find_gaps(OP)) == 9
