"""Why a file is not taken."""


class Geweigerd(Exception):  # noqa: N818  (the words of the house)
    """This file is not taken; the text says why and what to do, in Dutch, without the content of the file."""


class Onbereikbaar(Exception):  # noqa: N818  (the words of the house)
    """The virus scanner does not answer, or not with an answer."""
