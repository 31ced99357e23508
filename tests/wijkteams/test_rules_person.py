"""Who of a team to call: a truth table."""

from wijkteams.rules import Beschikbaar, Gekozen, Kenmerken, Keuze, Punt, choose_person

ANNA, BEN, CEES, DEWI, EMRE = 1, 2, 3, 4, 5
HIER = Beschikbaar()
WEG = Beschikbaar(afwezig=True)
VERTROKKEN = Beschikbaar(in_dienst=False)
VO = Kenmerken(("vo",), 14, school_id=7, vestiging_id=70)
ONBEKEND = Kenmerken(("po", "so", "vo", "vso", "pro", "mbo"), 14)

LOCATIE = Punt(1, 9, ANNA, vestiging_id=70)
SCHOOL = Punt(2, 9, BEN, school_id=7)
SECTOR = Punt(3, 9, CEES, sector="vo")
TEAM = Punt(4, 9, DEWI)
ALLEN = (TEAM, SECTOR, SCHOOL, LOCATIE)


def people(**anders: Beschikbaar) -> dict[int, Beschikbaar]:
    namen = {"anna": ANNA, "ben": BEN, "cees": CEES, "dewi": DEWI, "emre": EMRE}
    return dict.fromkeys(namen.values(), HIER) | {namen[naam]: hoe for naam, hoe in anders.items()}


def called(keuze: Keuze) -> list[tuple[int, int | None]]:
    return [(gekozen.persoon_id, gekozen.vervanger_id) for gekozen in keuze.gekozen]


class TestScope:
    def test_location_then_school_then_sector_then_team(self):
        assert called(choose_person(ALLEN, people(), VO)) == [(ANNA, None)]
        assert called(choose_person((TEAM, SECTOR, SCHOOL), people(), VO)) == [(BEN, None)]
        assert called(choose_person((TEAM, SECTOR), people(), VO)) == [(CEES, None)]
        assert called(choose_person((TEAM,), people(), VO)) == [(DEWI, None)]

    def test_others_do_not_count(self):
        anders = Kenmerken(("mbo",), 17, school_id=8, vestiging_id=80)
        assert called(choose_person(ALLEN, people(), anders)) == [(DEWI, None)]
        assert choose_person((SECTOR, SCHOOL, LOCATIE), people(), anders) == Keuze()

    def test_a_school_without_a_location_does_not_get_the_person_of_one_location(self):
        assert called(choose_person(ALLEN, people(), Kenmerken(("vo",), 14, school_id=7))) == [(BEN, None)]


class TestAway:
    def test_who_left_does_not_count(self):
        assert called(choose_person(ALLEN, people(anna=VERTROKKEN), VO)) == [(BEN, None)]

    def test_away_the_deputy_of_these_days_goes_first(self):
        punt = Punt(1, 9, ANNA, vestiging_id=70, vervanger_id=EMRE)
        weg = Beschikbaar(afwezig=True, vervanger_id=CEES)
        assert called(choose_person((punt, TEAM), people(anna=weg), VO)) == [(ANNA, CEES)]

    def test_then_the_fixed_deputy(self):
        punt = Punt(1, 9, ANNA, vestiging_id=70, vervanger_id=EMRE)
        assert called(choose_person((punt, TEAM), people(anna=WEG), VO)) == [(ANNA, EMRE)]
        weg = Beschikbaar(afwezig=True, vervanger_id=CEES)
        assert called(choose_person((punt, TEAM), people(anna=weg, cees=WEG), VO)) == [(ANNA, EMRE)]

    def test_then_whoever_of_the_team_comes_next(self):
        punt = Punt(1, 9, ANNA, vestiging_id=70, vervanger_id=EMRE)
        assert called(choose_person((punt, SCHOOL, TEAM), people(anna=WEG, emre=VERTROKKEN, ben=WEG), VO)) == [(ANNA, DEWI)]

    def test_and_then_nobody(self):
        assert choose_person((LOCATIE, TEAM), people(anna=WEG, dewi=WEG), VO) == Keuze((), (ANNA,))

    def test_of_someone_who_left_the_deputy_took_over_when_nobody_else_is_there(self):
        punt = Punt(1, 9, ANNA, vervanger_id=EMRE)
        assert choose_person((punt,), people(anna=VERTROKKEN), VO) == Keuze((Gekozen(punt, EMRE, ingevallen=True),))
        assert choose_person((punt,), people(anna=VERTROKKEN, emre=WEG), VO) == Keuze()

    def test_nobody_at_all(self):
        assert choose_person((), people(), VO) == Keuze()


class TestSectorNotKnown:
    MBO = Punt(5, 9, EMRE, sector="mbo")

    def test_whoever_is_there_for_everyone_is_right_in_any_case(self):
        assert called(choose_person((TEAM, SECTOR, self.MBO), people(), ONBEKEND)) == [(DEWI, None)]

    def test_without_such_a_person_it_depends_on_the_sector(self):
        assert called(choose_person((SECTOR, self.MBO), people(), ONBEKEND)) == [(CEES, None), (EMRE, None)]

    def test_unless_it_is_one_person(self):
        assert called(choose_person((SECTOR,), people(), ONBEKEND)) == [(CEES, None)]
        samen = Punt(5, 9, CEES, sector="mbo")
        assert called(choose_person((SECTOR, samen), people(), ONBEKEND)) == [(CEES, None)]

    def test_a_person_for_everyone_who_cannot_be_reached_gives_way(self):
        assert called(choose_person((TEAM, SECTOR), people(dewi=WEG), ONBEKEND)) == [(CEES, None)]

    def test_nobody_of_any_sector(self):
        assert choose_person((SECTOR, self.MBO), people(cees=WEG, emre=WEG), ONBEKEND) == Keuze((), (CEES, EMRE))
