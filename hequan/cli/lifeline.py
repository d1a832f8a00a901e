"""The lifeline (生命线): a child process that does not outlive its parent.

A supervisor that is killed cannot stop its children. An orphan would hold the port and go on
working beside the next one, so the kernel is asked to end it together with its parent (Linux only).
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask that this process be killed when its parent dies; elsewhere than on Linux do nothing."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died while we asked
        os.kill(os.getpid(), signal.SIGKILL)
