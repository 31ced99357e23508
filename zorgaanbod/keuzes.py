"""The fixed words of what help there is. Pure."""

from django.db.models import TextChoices


class SoortAanbieder(TextChoices):
    """The voorveld is help that anybody may use, without a decision of the gemeente."""

    JEUGDHULP = "jeugdhulp", "jeugdhulp"
    VOORVELD = "voorveld", "voorveld: vrij toegankelijk"


class Hulpvorm(TextChoices):
    AMBULANT = "ambulant", "ambulante hulp"
    GEZIN = "gezin", "hulp aan het hele gezin"
    GGZ = "ggz", "jeugd-ggz"
    DAGHULP = "daghulp", "dagbehandeling"
    VERBLIJF = "verblijf", "verblijf en pleegzorg"
    CRISIS = "crisis", "crisishulp"
    ONDERWIJSZORG = "onderwijszorg", "hulp op school"
    OPVOEDEN = "opvoeden", "opvoedsteun"
    GROEP = "groep", "training in een groep"
    SPORT = "sport", "sport en vrije tijd"
    WERK = "werk", "naar werk of dagbesteding"


class Zwaarte(TextChoices):
    LICHT = "licht", "licht"
    MIDDEL = "middel", "middel"
    ZWAAR = "zwaar", "zwaar"
