"""Finding a casus by what somebody remembers of it: a name, its number, the school, the team. Only within what one may see.

Whoever reads a casus finds it by the name of the pupil; the regiocoördinator, for whom it is a number, does not. A name is looked
for from the viewer's own casussen: there are a few hundred, and each is compared. Of an organisation with very many the newest
are; an older one is found by the index on the names: as it was typed, or nearly so when nobody is called exactly that. Every row
that comes out went through `visible_to` or its like.

What is typed is personal data: it goes into the query as a parameter and nowhere else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, F, FloatField, Func, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat, Greatest

from casussen.models import Casus, Overgang
from casussen.woorden import done, say, short_day
from gebieden.rollen import LEERPLICHT, REGIOCOORDINATOR
from kern.kijker import Kijker
from kern.klok import today
from kern.zoeken import Gelijk, Vouw
from scholen.models import Leerling, School, Vestiging
from scholen.rollen import SAMENWERKINGSVERBAND, SCHOOLTEAMLEIDER, ZORGCOORDINATOR
from wijkteams.models import Wijkteam
from wijkteams.rollen import WIJKTEAMCOORDINATOR, WIJKTEAMLID
from zorgaanbod.rollen import AANBIEDER

HOOGSTENS = 20
KORTST, LANGST, WOORDEN = 2, 80, 5
#: More schools or teams than there are in the country.
PLAATSEN = 5_000
#: So many of the viewer's own casussen are compared with what was typed, one by one; of more than that the newest.
VEEL = 8_000
#: How much two words must be alike (shared trigrams) to be the same word, typed wrong.
GELIJKENIS = 0.33
GELIJKENIS_INDEX = 0.4
#: Beside a name that fits well, one that fits this much less is noise.
VERGELEKEN = 0.6
#: Two letters that changed places share few trigrams; found by trying it, they weigh this much.
VERWISSELD = 0.8
_VOLUIT = re.compile(r"(\d{4})-?(\d{6,7})")
_BEGIN = re.compile(r"\d{4}-\d{0,7}")
_LOS = re.compile(r"\d{1,7}")
#: The first year in which a casusnummer was given out.
EERSTE_JAAR = 2024


@dataclass(frozen=True, slots=True)
class Treffer:
    """One casus that was found. `naam` is '' for whoever may not know it."""

    nummer: str
    naam: str
    school: str
    wijkteam: str
    status: str
    status_label: str
    laatste_stap: str
    laatste_op: datetime | None


@dataclass(frozen=True, slots=True)
class Groep:
    """What was found in one way: by 'naam', 'nummer', 'school' or 'wijkteam'."""

    op: str
    treffers: list[Treffer]


@dataclass(frozen=True, slots=True)
class Uitslag:
    """At most twenty, best first. `meer`: there are more than fit. `te_kort`: too little was typed to look for."""

    groepen: list[Groep]
    meer: bool = False
    te_kort: bool = False

    @property
    def aantal(self) -> int:
        return sum(len(groep.treffers) for groep in self.groepen)


@dataclass(frozen=True, slots=True)
class _Zicht:
    """What a viewer may find: `inhoud` with the name, `nummer` without."""

    inhoud: tuple[QuerySet[Casus], ...]
    nummer: tuple[QuerySet[Casus], ...]

    @property
    def alles(self) -> tuple[QuerySet[Casus], ...]:
        return (*self.inhoud, *self.nummer)


def zoek(kijker: Kijker, tekst: str, *, op: datetime) -> Uitslag:
    """What this viewer may find by these words. A fixed number of queries for each kind of viewer."""
    asked = " ".join(tekst.split()[:WOORDEN])[:LANGST]
    if len(re.sub(r"\W", "", asked)) < KORTST:
        return Uitslag([], te_kort=True)
    zicht = _sight(kijker)
    if (numbers := _as_number(asked, op.year)) is not None:
        return _told({"nummer": _newest(zicht.alles, numbers)}, zicht)
    words = [word for word in asked.split() if re.search(r"\w", word)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(GELIJKENIS_INDEX)])
        places = _places(words)
        ids = {"naam": _by_name(kijker, zicht, words)}
        ids |= {how: _newest(zicht.alles, wanted) for how, wanted in places.items() if wanted}
    return _told(ids, zicht)


def _places(words: list[str]) -> dict[str, Q]:
    """The schools and teams that are called like this, as what their casussen have in common."""
    schools, locations, teams = (
        list(rows.filter(_alike(words)).values_list("pk", flat=True)[:PLAATSEN])
        for rows in (School.objects.all(), Vestiging.objects.all(), Wijkteam.objects.annotate(zoeknaam=Vouw("naam")))
    )
    at = (Q(school__in=schools) if schools else Q()) | (Q(vestiging__in=locations) if locations else Q())
    return {"school": at, "wijkteam": Q(wijkteam__in=teams) if teams else Q()}


def _sight(kijker: Kijker) -> _Zicht:
    """The kinds of casussen this viewer has, each a query of its own: a plan for all of them at once is a slow one."""
    content = [Casus.objects.visible_to(kijker)]
    if kijker.heeft(AANBIEDER, LEERPLICHT, SAMENWERKINGSVERBAND):
        content.append(Casus.objects.gedeeld_met(kijker))
    steered = (Casus.objects.stuurbaar_door(kijker),) if kijker.heeft(REGIOCOORDINATOR) else ()
    return _Zicht(tuple(content), steered)


def _as_number(asked: str, year: int) -> Q | None:
    """The casusnummers that may be meant: written out, begun, or only the last part. None: this is no number."""
    if match := _VOLUIT.fullmatch(asked):
        return Q(nummer=f"{match[1]}-{match[2]}")
    if _BEGIN.fullmatch(asked):
        return Q(nummer__startswith=asked)
    if _LOS.fullmatch(asked):
        return Q(nummer__in=[f"{jaar}-{int(asked):06d}" for jaar in range(EERSTE_JAAR, year + 2)])
    return None


def _newest(sets: Iterable[QuerySet[Casus]], wanted: Q) -> list[int]:
    """What moved last of what fits, of all kinds the viewer has.

    Not in the order of the key: with that and a limit PostgreSQL walks the whole table when little of it fits.
    """
    found: dict[int, datetime] = {}
    for rows in sets:
        newest = rows.filter(wanted).order_by("-status_sinds", "-id")
        found |= dict(newest.values_list("pk", "status_sinds")[: HOOGSTENS + 1])
    return sorted(found, key=lambda pk: (found[pk], pk), reverse=True)[: HOOGSTENS + 1]


# --- By name ------------------------------------------------------------------------------------------------------------
def _swaps(word: str) -> list[str]:
    """The word with two neighbouring letters in each other's place: the mistake that trigrams see worst."""
    if not word.isalpha() or not 4 <= len(word) <= 16:
        return []
    return [f"{word[:i]}{word[i + 1]}{word[i]}{word[i + 2 :]}" for i in range(len(word) - 1) if word[i] != word[i + 1]]


def _weight(words: list[str]) -> Any:
    """How well a `zoeknaam` fits: as well as the word that fits worst, so that every word counts."""
    weights = []
    for word in words:
        alike: Any = Gelijk(Vouw(Value(word)), F("zoeknaam"))
        if swapped := _swaps(word):
            anywhere = reduce(or_, (_contains(swap) for swap in swapped))
            alike = Greatest(alike, Case(When(anywhere, then=Value(VERWISSELD)), default=Value(0.0)))
        weights.append(alike)
    return weights[0] if len(weights) == 1 else Func(*weights, function="LEAST", output_field=FloatField())


def _contains(word: str) -> Q:
    return Q(zoeknaam__contains=Vouw(Value(word)))


def _alike(words: list[str]) -> Q:
    """For tables of a few thousand names, or with an index: every word is in it, or nearly."""
    return reduce(and_, (Q(zoeknaam__trigram_word_similar=Vouw(Value(word))) for word in words))


def _by_name(kijker: Kijker, zicht: _Zicht, words: list[str]) -> list[int]:
    """Ids of casussen whose pupil is called like this, the best first."""
    after = _newest_begin(kijker)
    found: dict[int, float] = {}
    for rows in zicht.inhoud:
        found |= _fitting(rows if after is None else rows.filter(pk__gt=after), words)
    if after is not None and not _enough(found):
        for rows in zicht.inhoud:
            # A name that few of the newest have is rare: then there are few rows with it, whoever they are of.
            few = list(_exactly(rows, words).values_list("pk", flat=True)[: HOOGSTENS + 1])
            found |= _fitting(Casus.objects.filter(pk__in=few), words)
        if max(found.values(), default=0.0) < 1 and len(_good(found)) <= HOOGSTENS:
            for rows in zicht.inhoud:
                found |= _fitting(_by_index(rows, words), words)
    good = _good(found)
    return sorted(good, key=lambda pk: (-good[pk], -pk))[: HOOGSTENS + 1]


def _good(found: dict[int, float]) -> dict[int, float]:
    """What fits not much less than what fits best."""
    least = max(found.values(), default=0.0) * VERGELEKEN
    return {pk: past for pk, past in found.items() if past >= least}


def _enough(found: dict[int, float]) -> bool:
    """As many as can be shown, and none can fit better."""
    return sum(past >= 1 for past in found.values()) > HOOGSTENS


def _fitting(rows: QuerySet[Casus], words: list[str]) -> dict[int, float]:
    """How well the name fits, of those that fit best."""
    fits = rows.annotate(zoeknaam=_name_of_casus()).annotate(past=_weight(words)).filter(past__gte=GELIJKENIS)
    return dict(fits.order_by("-past", "-id").values_list("pk", "past")[: HOOGSTENS + 1])


def _name_of_casus() -> Coalesce:
    """The folded name of the pupil, or the one that was typed into a draft."""
    first, last = (KeyTextTransform(veld, "concept_gegevens") for veld in ("voornaam", "achternaam"))
    draft = Vouw(Concat(first, Value(" "), last, output_field=TextField()))
    return Coalesce(F("leerling__zoeknaam"), draft, output_field=TextField())


def _newest_begin(kijker: Kijker) -> int | None:
    """After which casus the newest of the viewer's organisations begin; None when there are so few that all are compared."""
    own = Q(school__in=kijker.ids(ZORGCOORDINATOR, SCHOOLTEAMLEIDER)) | Q(
        wijkteam__in=kijker.ids(WIJKTEAMLID, WIJKTEAMCOORDINATOR)
    )
    return Casus.objects.filter(own).order_by("-pk").values_list("pk", flat=True)[VEEL : VEEL + 1].first()


def _exactly(rows: QuerySet[Casus], words: list[str]) -> QuerySet[Casus]:
    """Whose pupil's name has these words in it, in no order."""
    called = Leerling.objects.filter(reduce(and_, (_contains(word) for word in words)))
    return rows.filter(leerling__in=called.values("pk")).order_by()


def _by_index(rows: QuerySet[Casus], words: list[str]) -> QuerySet[Casus]:
    """First the pupils by their index, whoever they are; then which of them are the viewer's."""
    each = ((Q(zoeknaam__trigram_word_similar=Vouw(Value(w))), *(_contains(swap) for swap in _swaps(w))) for w in words)
    called = Leerling.objects.filter(reduce(and_, (reduce(or_, ways) for ways in each)))
    return rows.filter(leerling__in=called.values("pk"))


# --- What is told of it -------------------------------------------------------------------------------------------------
def _told(ids: dict[str, list[int]], zicht: _Zicht) -> Uitslag:
    """The lines, each casus once, in the way it was found first; at most so many."""
    chosen: dict[int, str] = {}
    for how, found in ids.items():
        for pk in found:
            chosen.setdefault(pk, how)
    kept = dict(list(chosen.items())[:HOOGSTENS])
    rows: dict[int, Treffer] = {}
    last = _last_steps(kept)
    for casussen, named in [*((rows_, False) for rows_ in zicht.nummer), *((rows_, True) for rows_ in zicht.inhoud)]:
        shown = casussen.filter(pk__in=list(kept)).select_related("leerling", "vestiging", "wijkteam")
        rows |= {casus.pk: _line(casus, last.get(casus.pk), named=named) for casus in shown}
    groups = [Groep(how, [rows[pk] for pk, way in kept.items() if way == how and pk in rows]) for how in ids]
    return Uitslag([groep for groep in groups if groep.treffers], meer=len(chosen) > HOOGSTENS)


def _last_steps(ids: Iterable[int]) -> dict[int, Overgang]:
    steps = Overgang.objects.filter(casus__in=list(ids)).order_by("casus_id", "-op", "-id").distinct("casus_id")
    return {step.casus_id: step for step in steps}


def _last_in_words(step: Overgang) -> str:
    """'ontvangen op wo 2 dec', 'het eerste contact vastgelegd op wo 2 dec'."""
    voorwerp, gedaan = done(step.actie, step.van_status)
    return f"{gedaan if voorwerp == 'deze casus' else say(voorwerp, gedaan)} op {short_day(step.op, nu=today())}"


def _line(casus: Casus, last: Overgang | None, *, named: bool) -> Treffer:
    naam = ""
    if named:
        typed = casus.concept_gegevens
        draft = f"{typed.get('voornaam') or ''} {typed.get('achternaam') or ''}".strip()
        naam = str(casus.leerling) if casus.leerling else draft
    return Treffer(
        nummer=casus.nummer,
        naam=naam,
        school=str(casus.vestiging),
        wijkteam=str(casus.wijkteam) if casus.wijkteam else "",
        status=casus.status,
        status_label=casus.get_status_display(),
        laatste_stap=_last_in_words(last) if last else "",
        laatste_op=last.op if last else None,
    )
