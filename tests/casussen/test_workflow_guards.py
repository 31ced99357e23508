"""Truth table of the guards: each with facts and values that pass, and with those that do not, and at which field it says so."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from casussen.rules import GUARDS, GegevenToestemming, missing_for
from casussen.velden.lezen import PLAATS
from casussen.workflow import ACTIES, rules_of
from tests.casussen.waarheid import OP, TEAM, facts

JONG, TUSSEN, OUD, VOLWASSEN = date(2016, 1, 1), date(2012, 5, 17), date(2009, 1, 1), date(2007, 1, 1)
LEERLING = {"leerlingnummer": "A1", "voornaam": "V", "achternaam": "A", "sector": "vo"}
GEGEVEN = {"toestemming_gever": "beide", "toestemming_op": OP, "geboortedatum": TUSSEN}
GEEN: dict[str, Any] = {"toestemmingen": ()}
WAS_15 = {"geboortedatum": OUD, "toestemmingen": (GegevenToestemming("ouders", TEAM, ook_ander_wijkteam=True),)}
ALLEEN_HIER = GegevenToestemming("beide", TEAM, ook_ander_wijkteam=False)
Case = tuple[str, dict[str, Any], dict[str, Any], set[str]]

#: (guard, facts, what was filled in, the fields it misses)
AANMELDEN_EN_LUS: list[Case] = [
    ("leerling_bekend", {}, LEERLING, set()),
    ("leerling_bekend", {}, {}, {"leerlingnummer", "voornaam", "achternaam", "sector"}),
    ("leerling_bekend", {}, {**LEERLING, "geboortedatum": OP + timedelta(days=1)}, {"geboortedatum"}),
    ("leerling_bekend", {}, {**LEERLING, "geboortedatum": date(1900, 1, 1)}, {"geboortedatum"}),
    ("leerling_bekend", {}, {**LEERLING, "leerlingnummer": "111222333"}, {"leerlingnummer"}),
    ("adres_bekend", {}, {"postcode": "2037 rb", "huisnummer": "12-B"}, set()),
    ("adres_bekend", {}, {}, {"postcode", "huisnummer"}),
    ("adres_bekend", {"heeft_adres": True}, {}, set()),
    ("adres_bekend", {"heeft_adres": True}, {"postcode": "0000AA", "huisnummer": "1"}, {"postcode"}),
    ("adres_bekend", {}, {"postcode": "1234SS", "huisnummer": "0"}, {"postcode", "huisnummer"}),
    ("adres_bekend", {}, {"postcode": "2037RB"}, {"huisnummer"}),
    ("adres_bekend", {}, {"geen_adres": True}, set()),
    ("veiligheid_met_grond", {}, {}, set()),
    ("veiligheid_met_grond", {}, {"veiligheid": False}, set()),
    ("veiligheid_met_grond", {}, {"veiligheid": True}, {"veiligheid_grond"}),
    ("veiligheid_met_grond", {}, {"veiligheid": True, "veiligheid_grond": "meldcode"}, set()),
    ("inhoud_volledig", {}, {"hulpvraag": "x", "krachten": "y"}, set()),
    ("inhoud_volledig", {}, {"hulpvraag": "x"}, {"krachten"}),
    ("inhoud_volledig", {}, {"krachten": "y"}, {"hulpvraag"}),
    ("inhoud_volledig", {}, {"veiligheid": True}, set()),
    ("ouders_geinformeerd", {}, {"ouders_geinformeerd_op": OP}, set()),
    ("ouders_geinformeerd", {}, {}, {"ouders_geinformeerd_op"}),
    ("ouders_geinformeerd", {}, {"geboortedatum": OUD}, {"ouders_geinformeerd_op"}),
    ("ouders_geinformeerd", {}, {"geboortedatum": VOLWASSEN}, set()),
    ("ouders_geinformeerd", {}, {"ouders_geinformeerd_op": OP + timedelta(days=1)}, {"ouders_geinformeerd_op"}),
    ("ouders_geinformeerd", {}, {"veiligheid": True}, set()),
    ("toestemming_volledig", GEEN, GEGEVEN, set()),
    ("toestemming_volledig", GEEN, {}, {"geboortedatum"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "toestemming_gever": "ouders"}, {"toestemming_gever"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "toestemming_gever": "jongere"}, {"toestemming_gever"}),
    ("toestemming_volledig", GEEN, {"geboortedatum": TUSSEN}, {"toestemming_gever", "toestemming_op"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "toestemming_op": OP + timedelta(days=1)}, {"toestemming_op"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "toestemming_op": date(2010, 1, 1)}, {"toestemming_op"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "geboortedatum": JONG, "toestemming_gever": "ouders"}, set()),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "geboortedatum": JONG, "toestemming_gever": "jongere"}, {"toestemming_gever"}),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "geboortedatum": OUD, "toestemming_gever": "jongere"}, set()),
    ("toestemming_volledig", GEEN, {**GEGEVEN, "geboortedatum": OUD, "toestemming_gever": "ouders"}, {"toestemming_gever"}),
    ("toestemming_volledig", GEEN, {"veiligheid": True}, set()),
    ("toestemming_volledig", {"toestemmingen": (), "veiligheid": True}, {}, set()),
    ("toestemming_volledig", {"geboortedatum": TUSSEN}, {}, set()),  # living consent is enough
    ("toestemming_volledig", WAS_15, {}, {"toestemming_gever", "toestemming_op"}),  # turned 16: the old consent no longer does
    ("heeft_toestemming", {}, {}, set()),
    ("heeft_toestemming", GEEN, {}, {""}),
    ("toestemming_dekt_team", {}, {"wijkteam": 5}, set()),
    ("toestemming_dekt_team", {"toestemmingen": (ALLEEN_HIER,)}, {"wijkteam": 5}, {"toestemming"}),
    ("toestemming_dekt_team", {"toestemmingen": ()}, {"wijkteam": TEAM}, {"toestemming"}),
    ("toestemming_dekt_team", {"toestemmingen": (), "veiligheid": True}, {"wijkteam": 5}, set()),
    ("toestemming_dekt_ander_team", {}, {}, set()),
    ("toestemming_dekt_ander_team", {"toestemmingen": (ALLEEN_HIER,)}, {}, {"toestemming"}),
    ("toestemming_dekt_ander_team", {"toestemmingen": (), "veiligheid": True}, {}, set()),
    ("behandelaar_genoemd", {}, {"behandelaar": 4}, set()),
    ("behandelaar_genoemd", {}, {}, {"behandelaar"}),
    ("behandelaar_is_ander", {"behandelaar_id": 4}, {"behandelaar": 4}, {"behandelaar"}),
    ("behandelaar_is_ander", {"behandelaar_id": 4}, {"behandelaar": 5}, set()),
    ("contact_niet_in_toekomst", {}, {"contact_datum": OP}, set()),
    ("contact_niet_in_toekomst", {}, {"contact_datum": OP + timedelta(days=1)}, {"contact_datum"}),
    ("vraag_is_concreet", {}, {"vraag": "Hoe vaak is de leerling afwezig?"}, set()),
    ("vraag_is_concreet", {}, {"vraag": "hoe?"}, {"vraag"}),
    ("contact_na_aanmelding", {}, {"contact_datum": OP}, set()),
    ("contact_na_aanmelding", {"aangemeld_op": OP}, {"contact_datum": OP}, set()),
    ("contact_na_aanmelding", {"aangemeld_op": OP}, {"contact_datum": date(2024, 12, 24)}, {"contact_datum"}),
    ("ander_team", {}, {"wijkteam": TEAM}, {"wijkteam"}),
    ("ander_team", {}, {"wijkteam": 5}, set()),
    ("binnen_heropentermijn", {"afgesloten_op": date(2026, 6, 2)}, {}, set()),
    ("binnen_heropentermijn", {"afgesloten_op": date(2026, 6, 1)}, {}, {""}),
    ("is_elders", {"elders": True}, {}, set()),
    ("is_elders", {}, {}, {""}),
    ("overdracht_niet_in_toekomst", {}, {"overgedragen_op": OP}, set()),
    ("overdracht_niet_in_toekomst", {}, {"overgedragen_op": OP + timedelta(days=1)}, {"overgedragen_op"}),
    ("opvolgen_in_toekomst", {}, {}, set()),
    ("opvolgen_in_toekomst", {}, {"opvolgen_op": OP + timedelta(days=1)}, set()),
    ("opvolgen_in_toekomst", {}, {"opvolgen_op": OP}, {"opvolgen_op"}),
    ("opvolgen_in_toekomst", {}, {"opvolgen_op": OP + timedelta(days=184)}, {"opvolgen_op"}),
    ("had_een_team", {}, {}, set()),
    ("had_een_team", {"wijkteam_id": None}, {}, {""}),
]  # fmt: skip
MORGEN, GISTEREN, OVER_TWEE_JAAR = OP + timedelta(days=1), OP - timedelta(days=1), OP + timedelta(days=730)


def row(place: int = 0, **values: Any) -> dict[str, Any]:
    """An object of a list as it was read, with its place in what was sent."""
    return {PLAATS: place, **values}


OUDERS, LEERLING_ZELF = row(partij="ouders", naam="Ouders"), row(1, partij="jongere", naam="Leerling")
SCHOOLDOEL, THUISDOEL = row(tekst="Naar school", schoolloopbaan=True), row(1, tekst="Rust thuis")
MET_DOELEN: dict[str, Any] = {"dossier": {"doelen": (7, 8)}}
MET_HULP: dict[str, Any] = {"dossier": {"inzetten": {1: "aangevraagd", 2: "wacht", 3: "gestart"}}}
SINDS: dict[str, Any] = {"dossier": {"doelen": (7, 8), "doel_sinds": {7: GISTEREN, 8: OP}}}
UITGENODIGD: dict[str, Any] = {"dossier": {"mdo_gepland": OP, "uitgenodigd": (4, 5)}}
MET_TERUGKEER: dict[str, Any] = {"dossier": {"doelen": (7, 8), "terugkeer": {7: GISTEREN}}}
#: Opened and submitted today.
VANAF_HIER: dict[str, Any] = {"geopend_op": OP, "aangemeld_op": OP, "geboortedatum": TUSSEN}
THUIS: dict[str, Any] = {"vlaggen": frozenset({"thuiszitter"})}

HULP: list[Case] = [
    # Overleg
    ("overleg_nog_te_houden", {}, {"mdo_datum": OP, "mdo_tijd": time(7, 0)}, set()),
    ("overleg_nog_te_houden", {}, {"mdo_datum": OP + timedelta(days=366), "mdo_tijd": time(21, 59)}, set()),
    ("overleg_nog_te_houden", {}, {"mdo_datum": GISTEREN}, {"mdo_datum"}),
    ("overleg_nog_te_houden", {}, {"mdo_datum": OP + timedelta(days=367)}, {"mdo_datum"}),
    ("overleg_nog_te_houden", {}, {"mdo_datum": MORGEN, "mdo_tijd": time(6, 59)}, {"mdo_tijd"}),
    ("overleg_nog_te_houden", {}, {"mdo_datum": MORGEN, "mdo_tijd": time(22, 0)}, {"mdo_tijd"}),
    ("gezin_uitgenodigd_of_reden", {}, {"deelnemers": [OUDERS, LEERLING_ZELF]}, set()),
    ("gezin_uitgenodigd_of_reden", {}, {"reden_niet_uitgenodigd": "Het is nu niet veilig."}, set()),
    ("gezin_uitgenodigd_of_reden", {}, {"deelnemers": [OUDERS]}, {"reden_niet_uitgenodigd"}),
    ("gezin_uitgenodigd_of_reden", {}, {"deelnemers": [LEERLING_ZELF]}, {"reden_niet_uitgenodigd"}),
    ("gezin_uitgenodigd_of_reden", {}, {}, {"reden_niet_uitgenodigd"}),
    ("gezin_uitgenodigd_of_reden", {"geboortedatum": VOLWASSEN}, {"deelnemers": [LEERLING_ZELF]}, set()),
    ("gezin_uitgenodigd_of_reden", {"geboortedatum": VOLWASSEN}, {"deelnemers": [OUDERS]}, {"reden_niet_uitgenodigd"}),
    ("deelnemers_met_geldig_adres", {}, {"deelnemers": [OUDERS, row(1, email="mentor@school.example")]}, set()),
    ("deelnemers_met_geldig_adres", {}, {"deelnemers": [row(3, email="mentor")]}, {"deelnemers.3.email"}),
    ("deelnemers_met_geldig_adres", {}, {"deelnemers": [row(email="a b@school.example")]}, {"deelnemers.0.email"}),
    ("deelnemers_met_geldig_adres", {}, {"deelnemers": [row(email="mentor@school")]}, {"deelnemers.0.email"}),
    *(
        ("deelnemers_met_geldig_adres", {}, {"deelnemers": [row(email=email)]}, {"deelnemers.0.email"})
        for email in ("a@@b.nl", "a@b..nl", "x@-.nl", "a@b.c.", "a@localhost", "naam <a@b.nl>", "a@b.nl,c@d.nl", "a@.nl", "@b.nl")
    ),
    ("deelnemers_met_geldig_adres", {}, {"deelnemers": [row(email="Jo.van-der+school@post.school.example")]}, set()),
    ("deelnemers_met_geldig_adres", {}, {"deelnemers": [row(email="m@x.nl"), row(1, email="M@x.nl")]}, {"deelnemers.1.email"}),
    ("mdo_staat_gepland", {"dossier": {"mdo_gepland": OP}}, {}, set()),
    ("mdo_staat_gepland", {}, {}, {""}),
    ("geen_mdo_gepland", {}, {}, set()),
    ("geen_mdo_gepland", {"dossier": {"mdo_gepland": OP}}, {}, {""}),
    ("mdo_is_geweest", {"dossier": {"mdo_gepland": OP, "mdo_begonnen": True}}, {}, set()),
    ("mdo_is_geweest", {"dossier": {"mdo_gepland": OP}}, {}, {""}),
    ("mdo_is_geweest", {"dossier": {"mdo_gepland": MORGEN}}, {}, {""}),
    ("aanwezigheid_van_iedereen", {"dossier": {}}, {"aanwezigen": [row(deelnemer=4)]}, set()),  # said by another rule
    ("aanwezigheid_van_iedereen", UITGENODIGD, {"aanwezigen": [row(deelnemer=4), row(1, deelnemer=5)]}, set()),
    ("aanwezigheid_van_iedereen", UITGENODIGD, {"aanwezigen": [row(deelnemer=4)]}, {"aanwezigen"}),
    ("aanwezigheid_van_iedereen", UITGENODIGD, {}, {"aanwezigen"}),
    ("aanwezigheid_van_iedereen", UITGENODIGD, {"aanwezigen": [row(deelnemer=n) for n in (4, 5, 6)]}, {"aanwezigen"}),
    ("overleg_is_gehouden", {"dossier": {"mdo_gehouden": True}}, {}, set()),
    ("overleg_is_gehouden", {"dossier": {"mdo_gepland": OP}}, {}, {""}),
    ("iets_aangevuld", {}, {"aanvulling": "De mentor zat er ook bij."}, set()),
    ("iets_aangevuld", {}, {"mening_ouders": "Wij ook."}, set()),
    ("iets_aangevuld", {}, {"mening_jongere": "Ik ook."}, set()),
    ("iets_aangevuld", {}, {"besluiten": [row(omschrijving="Mentor belt.")]}, set()),
    ("iets_aangevuld", {}, {"aanvulling": "", "besluiten": []}, {"aanvulling"}),
    ("gezin_aan_het_woord", {}, {"mening_ouders": "Wij zijn moe."}, set()),
    ("gezin_aan_het_woord", {}, {"mening_jongere": "Ik wil naar school."}, set()),
    ("gezin_aan_het_woord", {}, {"verslag": "Er is gepraat."}, {"mening_ouders"}),
    ("afspraken_in_toekomst", {}, {"besluiten": [row(uiterlijk=OP)], "acties": [row(uiterlijk=MORGEN)]}, set()),
    ("afspraken_in_toekomst", {}, {"besluiten": [row(2, uiterlijk=GISTEREN)]}, {"besluiten.2.uiterlijk"}),
    ("afspraken_in_toekomst", {}, {"acties": [row(), row(1, uiterlijk=OVER_TWEE_JAAR)]}, {"acties.1.uiterlijk"}),
    ("uiterlijk_in_toekomst", {}, {"uiterlijk": OP}, set()),
    ("uiterlijk_in_toekomst", {}, {"uiterlijk": GISTEREN}, {"uiterlijk"}),
    ("uiterlijk_in_toekomst", {}, {"uiterlijk": OVER_TWEE_JAAR}, {"uiterlijk"}),
    # Plan
    ("mdo_gehouden_of_reden", {"dossier": {"mdo_gehouden": True}}, {}, set()),
    ("mdo_gehouden_of_reden", {}, {"mdo_reden_niet": "Het gezin wilde dat niet."}, set()),
    ("mdo_gehouden_of_reden", {"dossier": {"mdo_gepland": MORGEN}}, {}, {"mdo_reden_niet"}),
    ("doelen_met_schooldoel", {}, {"doelen": [SCHOOLDOEL, THUISDOEL]}, set()),
    ("doelen_met_schooldoel", {}, {"doelen": [THUISDOEL]}, {"doelen"}),
    ("doelen_met_schooldoel", {}, {}, {"doelen"}),
    ("doelen_met_schooldoel", MET_DOELEN, {"doelen": [{**SCHOOLDOEL, "doel": 7}]}, set()),
    ("doelen_met_schooldoel", MET_DOELEN, {"doelen": [{**SCHOOLDOEL, "doel": 9}]}, {"doelen.0.doel"}),
    ("doelen_met_schooldoel", MET_DOELEN, {"doelen": [{**SCHOOLDOEL, "doel": 7}, {**THUISDOEL, "doel": 7}]}, {"doelen"}),
    ("startcijfer_bij_nieuw_doel", {}, {}, set()),
    ("startcijfer_bij_nieuw_doel", MET_DOELEN, {"doelen": [row(doel=7), row(1, tekst="Rust", score=4)]}, set()),
    ("startcijfer_bij_nieuw_doel", MET_DOELEN, {"doelen": [row(doel=7), row(1, tekst="Rust")]}, {"doelen.1.score"}),
    ("terugkeer_voor_thuiszitter", {}, {"doelen": [SCHOOLDOEL]}, set()),
    ("terugkeer_voor_thuiszitter", THUIS, {"doelen": [{**SCHOOLDOEL, "terugkeer_op": MORGEN}]}, set()),
    ("terugkeer_voor_thuiszitter", THUIS, {"doelen": [row(), row(1, schoolloopbaan=True)]}, {"doelen.1.terugkeer_op"}),
    ("terugkeer_in_toekomst", {}, {"doelen": [row(), row(1, terugkeer_op=OP)]}, set()),
    ("terugkeer_in_toekomst", {}, {"doelen": [row(), row(1, terugkeer_op=GISTEREN)]}, {"doelen.1.terugkeer_op"}),
    ("terugkeer_in_toekomst", {}, {"doelen": [row(terugkeer_op=date(2099, 1, 1))]}, {"doelen.0.terugkeer_op"}),
    ("terugkeer_in_toekomst", MET_TERUGKEER, {"doelen": [row(doel=7, terugkeer_op=GISTEREN)]}, set()),  # as it was agreed
    ("terugkeer_in_toekomst", MET_TERUGKEER, {"doelen": [row(doel=8, terugkeer_op=GISTEREN)]}, {"doelen.0.terugkeer_op"}),
    ("standpunt_met_uitleg", {}, {"standpunt": "akkoord"}, set()),
    ("standpunt_met_uitleg", {}, {"standpunt": "niet", "mening_gezin": "Te veel mensen."}, set()),
    ("standpunt_met_uitleg", {}, {"standpunt": "deels"}, {"mening_gezin"}),
    ("standpunt_met_uitleg", {}, {"standpunt": "niet"}, {"mening_gezin"}),
    ("cijfers_gegeven", MET_DOELEN, {"scores": [row(doel=7, score=6)]}, set()),
    ("cijfers_gegeven", {}, {}, set()),
    ("cijfers_gegeven", MET_DOELEN, {"scores": [row(doel=7, score=6), row(1, doel=7, score=8)]}, {"scores.1.doel"}),
    ("cijfers_gegeven", MET_DOELEN, {"scores": [row(doel=7), row(1, doel=7, score=8)]}, set()),
    ("cijfers_gegeven", MET_DOELEN, {}, {"scores"}),
    ("cijfers_gegeven", MET_DOELEN, {"scores": [row(doel=7)]}, {"scores"}),
    ("cijfers_gegeven", MET_DOELEN, {"scores": [row(doel=9, score=6)]}, {"scores.0.doel"}),
    ("heeft_doelen", MET_DOELEN, {}, set()),
    ("heeft_doelen", {}, {}, {""}),
    ("score_niet_in_toekomst", {}, {"score_datum": OP}, set()),
    ("score_niet_in_toekomst", {}, {"score_datum": MORGEN}, {"score_datum"}),
    ("score_na_begin_van_doel", SINDS, {"score_datum": GISTEREN, "scores": [row(doel=7, score=6), row(1, doel=8)]}, set()),
    ("score_na_begin_van_doel", SINDS, {"score_datum": OP, "scores": [row(doel=7, score=6), row(1, doel=8, score=4)]}, set()),
    ("score_na_begin_van_doel", SINDS, {"score_datum": GISTEREN, "scores": [row(1, doel=8, score=4)]}, {"score_datum"}),
    ("score_na_begin_van_doel", SINDS, {"score_datum": GISTEREN, "scores": [row(doel=9, score=4)]}, set()),
    ("vanaf_niet_in_toekomst", {}, {"vanaf": OP}, set()),
    ("vanaf_niet_in_toekomst", {}, {"vanaf": MORGEN}, {"vanaf"}),
    # Help
    ("inzet_nog_niet_gestart", MET_HULP, {"inzet": 1}, set()),
    ("inzet_nog_niet_gestart", MET_HULP, {"inzet": 2}, set()),
    ("inzet_nog_niet_gestart", MET_HULP, {}, set()),
    ("inzet_nog_niet_gestart", MET_HULP, {"inzet": 3}, {"inzet"}),
    ("inzet_nog_niet_gestart", MET_HULP, {"inzet": 9}, {"inzet"}),
    ("inzet_loopt", MET_HULP, {"inzet": 3}, set()),
    ("inzet_loopt", MET_HULP, {"inzet": 2}, {"inzet"}),
    ("inzet_open", MET_HULP, {"inzet": 3}, set()),
    ("inzet_open", MET_HULP, {"inzet": 9}, {"inzet"}),
    ("heeft_inzet", MET_HULP, {}, set()),
    ("heeft_inzet", {}, {}, {""}),
    ("hulp_nog_niet_begonnen", {"dossier": {"inzetten": {2: "wacht"}}}, {}, set()),
    ("hulp_nog_niet_begonnen", {"dossier": {"inzetten": {3: "gestart"}}}, {}, {""}),
    ("hulp_is_begonnen", MET_HULP, {}, set()),
    ("hulp_is_begonnen", {"dossier": {"inzetten": {2: "wacht"}}}, {}, {""}),
    ("aangevraagd_niet_in_toekomst", {}, {"aangevraagd_op": OP}, set()),
    ("aangevraagd_niet_in_toekomst", {}, {"aangevraagd_op": MORGEN}, {"aangevraagd_op"}),
    ("wacht_niet_in_toekomst", {}, {"wacht_sinds": OP, "verwacht_op": MORGEN}, set()),
    ("wacht_niet_in_toekomst", {}, {"wacht_sinds": MORGEN}, {"wacht_sinds"}),
    ("wacht_niet_in_toekomst", {}, {"verwacht_op": OP}, set()),
    ("wacht_niet_in_toekomst", {}, {"verwacht_op": GISTEREN}, {"verwacht_op"}),
    ("wacht_niet_in_toekomst", {}, {"verwacht_op": OVER_TWEE_JAAR}, set()),
    ("wacht_niet_in_toekomst", {}, {"verwacht_op": date(2100, 1, 1)}, {"verwacht_op"}),
    ("echt_gestart", {}, {"startdatum": OP}, set()),
    ("echt_gestart", {}, {"startdatum": MORGEN}, {"startdatum"}),
    ("hoort_bij_deze_casus", {}, {"aangevraagd_op": date(1990, 12, 28)}, set()),  # of a casus that is not there yet
    ("hoort_bij_deze_casus", VANAF_HIER, {"aangevraagd_op": OP - timedelta(days=365)}, set()),
    ("hoort_bij_deze_casus", VANAF_HIER, {"aangevraagd_op": OP - timedelta(days=366)}, {"aangevraagd_op"}),
    ("hoort_bij_deze_casus", VANAF_HIER, {"wacht_sinds": date(1990, 12, 28)}, {"wacht_sinds"}),
    ("hoort_bij_deze_casus", VANAF_HIER, {"startdatum": date(1990, 12, 28)}, {"startdatum"}),
    ("hoort_bij_deze_casus", VANAF_HIER, {"vanaf": date(2009, 1, 1)}, {"vanaf"}),
    ("hoort_bij_deze_casus", VANAF_HIER | {"geboortedatum": OP}, {"startdatum": GISTEREN}, {"startdatum"}),
    ("echt_geeindigd", {}, {"einddatum": OP}, set()),
    ("echt_geeindigd", {}, {"einddatum": MORGEN}, {"einddatum"}),
    # Evaluation and the end
    ("nog_geen_reactie", {}, {}, set()),
    ("nog_geen_reactie", {"school_reageerde": True}, {}, {""}),
    ("resultaat_per_doel", MET_DOELEN, {"resultaten": [row(doel=7), row(1, doel=8)]}, set()),
    ("resultaat_per_doel", MET_DOELEN, {"resultaten": [row(doel=7)]}, {"resultaten"}),
    ("resultaat_per_doel", MET_DOELEN, {"resultaten": [row(doel=7), row(1, doel=8), row(2, doel=9)]}, {"resultaten"}),
    ("resultaat_per_doel", MET_DOELEN, {}, {"resultaten"}),
    ("lopende_hulp_klopt", MET_HULP, {}, set()),
    ("lopende_hulp_klopt", MET_HULP, {"lopende_hulp": [row(inzet=3, einddatum=OP)]}, set()),
    ("lopende_hulp_klopt", MET_HULP, {"lopende_hulp": [row(2, inzet=3, einddatum=MORGEN)]}, {"lopende_hulp.2.einddatum"}),
    ("lopende_hulp_klopt", MET_HULP, {"lopende_hulp": [row(inzet=2, einddatum=OP)]}, {"lopende_hulp"}),
    ("lopende_hulp_klopt", MET_HULP, {"lopende_hulp": [row(inzet=9, einddatum=OP)]}, {"lopende_hulp"}),
    ("taken_klaar_of_vervallen", {}, {}, set()),
    ("taken_klaar_of_vervallen", {"dossier": {"taken": (1, 2)}}, {"taken_vervallen": True}, set()),
    ("taken_klaar_of_vervallen", {"dossier": {"taken": (1,)}}, {"taken_vervallen": False}, {"taken_vervallen"}),
    ("school_reageerde_of_ladder_voorbij", {"school_reageerde": True}, {}, set()),
    ("school_reageerde_of_ladder_voorbij", {"ladder_voorbij": True}, {}, set()),
    ("school_reageerde_of_ladder_voorbij", {}, {}, {""}),
    ("zonder_reactie_is_gekozen", {}, {}, set()),  # said before the form is shown
    ("zonder_reactie_is_gekozen", {"school_reageerde": True}, {}, set()),
    ("zonder_reactie_is_gekozen", {"ladder_voorbij": True}, {"zonder_reactie": True}, set()),
    ("zonder_reactie_is_gekozen", {"ladder_voorbij": True}, {}, {"zonder_reactie"}),
    ("nazorg_in_toekomst", {}, {"nazorg_datum": MORGEN}, set()),
    ("nazorg_in_toekomst", {}, {"nazorg_datum": OP}, {"nazorg_datum"}),
    ("nazorg_in_toekomst", {}, {"nazorg_datum": OVER_TWEE_JAAR}, {"nazorg_datum"}),
    ("nazorg_is_aan_de_beurt", {}, {}, set()),
    ("nazorg_is_aan_de_beurt", {"dossier": {"nazorg_open": OP + timedelta(days=28)}}, {}, set()),
    ("nazorg_is_aan_de_beurt", {"dossier": {"nazorg_open": OP + timedelta(days=29)}}, {}, {""}),
    ("nazorg_staat_open", {"dossier": {"nazorg_open": OP}}, {}, set()),
    ("nazorg_staat_open", {}, {}, {""}),
]  # fmt: skip


def gave(gever: str, op: date) -> dict[str, Any]:
    return {"toestemming_gever": gever, "toestemming_op": op}


DRIE_POGINGEN = ("telefoon", "telefoon", "huisbezoek")
DOSSIER: list[Case] = [
    ("heeft_pogingen", {"pogingen": ("telefoon",)}, {}, set()),
    ("heeft_pogingen", {}, {}, {""}),
    ("drie_pogingen_twee_wegen", {"pogingen": DRIE_POGINGEN}, {}, set()),
    ("drie_pogingen_twee_wegen", {"pogingen": ("telefoon", "huisbezoek")}, {}, {""}),
    ("drie_pogingen_twee_wegen", {"pogingen": ("telefoon",) * 4}, {}, {""}),
    ("niemand_wacht_op_hulp", {"dossier": {"inzetten": {1: "aangevraagd", 3: "gestart"}}}, {}, set()),
    ("niemand_wacht_op_hulp", MET_HULP, {}, {""}),
    ("geen_plaats_bezet", {}, {}, set()),
    ("geen_plaats_bezet", {"dossier": {"plaats": "Buitenschool"}}, {}, {""}),
    ("thuis_niet_in_toekomst", {}, {"thuis_sinds": OP}, set()),
    ("thuis_niet_in_toekomst", {}, {"thuis_sinds": MORGEN}, {"thuis_sinds"}),
    ("terug_niet_in_toekomst", {}, {"terug_sinds": OP}, set()),
    ("terug_niet_in_toekomst", {}, {"terug_sinds": MORGEN}, {"terug_sinds"}),
    ("terug_na_thuis", {}, {"terug_sinds": GISTEREN}, set()),  # since when was not told
    ("terug_na_thuis", {"dossier": {"thuis_sinds": OP}}, {"terug_sinds": OP}, set()),
    ("terug_na_thuis", {"dossier": {"thuis_sinds": OP}}, {"terug_sinds": GISTEREN}, {"terug_sinds"}),
    ("thuis_niet_lang_geleden", {"geboortedatum": TUSSEN}, {"thuis_sinds": OP - timedelta(days=1095)}, set()),
    ("thuis_niet_lang_geleden", {}, {"thuis_sinds": OP - timedelta(days=1096)}, {"thuis_sinds"}),
    ("thuis_niet_lang_geleden", {"geboortedatum": TUSSEN}, {"thuis_sinds": date(2009, 1, 1)}, {"thuis_sinds"}),
    ("thuis_niet_lang_geleden", {"geboortedatum": OP}, {"terug_sinds": GISTEREN}, {"terug_sinds"}),
    ("delen_zonder_veiligheid", {"veiligheid": True}, {}, set()),
    ("delen_zonder_veiligheid", {"veiligheid": True, "toestemmingen": ()}, {}, {""}),
    ("heeft_taken", {"dossier": {"taken": (4,)}}, {}, set()),
    ("heeft_taken", {}, {}, {""}),
    ("taak_staat_open", {"dossier": {"taken": (4,)}}, {"taak": 4}, set()),
    ("taak_staat_open", {"dossier": {"taken": (4,)}}, {"taak": 5}, {"taak"}),
    ("toestemming_past_bij_leeftijd", {"geboortedatum": TUSSEN}, gave("beide", OP), set()),
    ("toestemming_past_bij_leeftijd", {"geboortedatum": JONG}, gave("ouders", OP), set()),
    ("toestemming_past_bij_leeftijd", {"geboortedatum": TUSSEN}, gave("ouders", OP), {"toestemming_gever"}),
    ("toestemming_past_bij_leeftijd", {"geboortedatum": OUD}, gave("ouders", OP), {"toestemming_gever"}),
    ("toestemming_past_bij_leeftijd", {"geboortedatum": TUSSEN}, gave("beide", MORGEN), {"toestemming_op"}),
    ("toestemming_past_bij_leeftijd", {"geboortedatum": TUSSEN}, gave("beide", date(2010, 1, 1)), {"toestemming_op"}),
    ("heeft_delingen", {"dossier": {"delingen": (3,)}}, {}, set()),
    ("heeft_delingen", {}, {}, {""}),
    ("deling_leeft", {"dossier": {"delingen": (3,)}}, {"deling": 3}, set()),
    ("deling_leeft", {"dossier": {"delingen": (3,)}}, {"deling": 4}, {"deling"}),
    ("instemming_nieuw", {}, {"instemming": "hulp"}, set()),
    ("instemming_nieuw", {"dossier": {"instemmingen": frozenset({"hulp"})}}, {"instemming": "beroepsgeheim"}, set()),
    ("instemming_nieuw", {"dossier": {"instemmingen": frozenset({"hulp"})}}, {"instemming": "hulp"}, {"instemming"}),
    ("heeft_instemming", {"dossier": {"instemmingen": frozenset({"hulp"})}}, {}, set()),
    ("heeft_instemming", {}, {}, {""}),
    ("instemming_bestaat", {"dossier": {"instemmingen": frozenset({"hulp"})}}, {"instemming": "hulp"}, set()),
    ("instemming_bestaat", {"dossier": {"instemmingen": frozenset({"hulp"})}}, {"instemming": "beroepsgeheim"}, {"instemming"}),
    ("aanvraag_staat_open", {"dossier": {"aanvraag_open": OP}}, {}, set()),
    ("aanvraag_staat_open", {}, {}, {""}),
    ("geen_aanvraag_open", {}, {}, set()),
    ("geen_aanvraag_open", {"dossier": {"aanvraag_open": OP}}, {}, {""}),
    ("ontvangen_niet_in_toekomst", {}, {"ontvangen_op": OP}, set()),
    ("ontvangen_niet_in_toekomst", {}, {"ontvangen_op": MORGEN}, {"ontvangen_op"}),
    ("besluit_na_aanvraag", {"dossier": {"aanvraag_open": GISTEREN}}, {"besluit_op": OP}, set()),
    ("besluit_na_aanvraag", {"dossier": {"aanvraag_open": OP}}, {"besluit_op": GISTEREN}, {"besluit_op"}),
    ("besluit_na_aanvraag", {"dossier": {"aanvraag_open": GISTEREN}}, {"besluit_op": MORGEN}, {"besluit_op"}),
]  # fmt: skip
TABEL: list[Case] = [*AANMELDEN_EN_LUS, *HULP, *DOSSIER]


@pytest.mark.parametrize(("guard", "known", "gegevens", "mist"), TABEL)
def test_what_a_guard_misses(guard: str, known: dict[str, Any], gegevens: dict[str, Any], mist: set[str]) -> None:
    found = GUARDS[guard](facts(**known), gegevens)
    assert {item["veld"] for item in found} == mist
    assert all(item["melding"].endswith((".", "?")) and len(item["melding"]) > 15 for item in found)


def test_every_guard_is_in_the_truth_table_with_both_answers() -> None:
    for guard in GUARDS:
        answers = {bool(mist) for name, _, _, mist in TABEL if name == guard}
        assert answers == {True, False}, guard


def test_every_guard_is_used_by_a_row() -> None:
    used = {key for actie in ACTIES for regel in rules_of(actie) for key in (*regel.bij, *regel.voorwaarden, *regel.guards)}
    assert used == set(GUARDS)


def test_a_rule_about_the_casus_alone_needs_no_form() -> None:
    """`bij` and `voorwaarden` are asked before anything is filled in: an empty form changes nothing of their answer."""
    alone = {key for actie in ACTIES for regel in rules_of(actie) for key in (*regel.bij, *regel.voorwaarden)}
    for name, known, gegevens, mist in TABEL:
        if name in alone:
            assert not gegevens
            assert bool(GUARDS[name](facts(**known), {})) is bool(mist)


def test_what_no_form_can_mend_is_said_before_the_form_is_shown() -> None:
    """A guard that misses something of the casus itself, at no field, is a condition of the step: it is refused at the door."""
    after = {key for actie in ACTIES for regel in rules_of(actie) for key in regel.guards}
    assert not {name for name, _, _, mist in TABEL if "" in mist} & after


def test_a_field_is_missed_once() -> None:
    found = missing_for(("toestemming_volledig", "leerling_bekend"), facts(toestemmingen=()), {})
    names = [item["veld"] for item in found]
    assert len(names) == len(set(names))
