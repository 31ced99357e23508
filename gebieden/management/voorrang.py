"""Bulk work gives way: people who look up an address go first, and the import takes what is left of the machine."""

import os

#: On the scale of nice(2): from here on an ordinary process is given eight times as much of a processor.
NICE = 10


def give_way() -> None:
    """Of this whole process and for good, so only for a command that somebody started as such."""
    if hasattr(os, "nice"):
        os.nice(max(0, NICE - os.nice(0)))
