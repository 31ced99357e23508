"""A child that ends when its parent does, however the parent ends."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` that has the kernel send `number` to the child when this process dies.

    Python runs it after switching user, which matters: a change of user clears the setting. Linux only; elsewhere a leftover
    is found and stopped at the next start. Call it from the main thread: it is the starting thread's death that counts.
    """
    parent = os.getpid()

    def in_child() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # the parent went before the kernel was told
            os._exit(1)

    return in_child
