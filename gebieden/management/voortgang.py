"""A progress bar on stderr: one line that is drawn over on a terminal, a line per tenth in a log."""

from typing import TextIO

BREEDTE = 30


class Voortgangsbalk:
    """Callable as the `Voortgang` of an import. Silent when `aan` is False."""

    def __init__(self, uit: TextIO, *, aan: bool = True) -> None:
        self._uit = uit
        self._aan = aan
        self._terminal = uit.isatty() if hasattr(uit, "isatty") else False
        self._stap = ""
        self._gedaan = 0
        self._getoond = -1

    def __call__(self, stap: str, erbij: int, totaal: int) -> None:
        if not self._aan or totaal <= 0:
            return
        if stap != self._stap:
            self._stap, self._gedaan, self._getoond = stap, 0, -1
        self._gedaan += erbij
        procent = min(100, 100 * self._gedaan // totaal)
        if procent == self._getoond or (not self._terminal and procent // 10 == self._getoond // 10):
            return
        self._getoond = procent
        vol = BREEDTE * procent // 100
        if self._terminal:
            einde = "\n" if procent == 100 else ""
            self._uit.write(f"\r{stap:<8} [{'#' * vol}{'.' * (BREEDTE - vol)}] {procent:3d} %{einde}")
        else:
            self._uit.write(f"{stap} {procent} %\n")
        self._uit.flush()
