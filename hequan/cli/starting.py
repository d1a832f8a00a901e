"""Starting a process (启动): modules are read without looking for garbage among them.

Thousands of small things come with the modules and none of them goes: looking through them again
and again finds nothing. Afterwards they are left out of every later look, too.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Leave the collector off until the block ends, and what is there then to stay for good."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
