"""One process of writers: for each line `task actions` it reads, it writes and answers `done`.

Its argument says how many threads write at once, each over a connection of its own.
"""

import random
import sys
import threading
from collections.abc import Callable

import django

ACCOUNTS = 1000


def main(threads: int) -> None:
    """Serve until standard input ends."""
    django.setup()
    from bench.core import actions
    from hequan.core import audit, clock
    from hequan.core.accounts import Account, system_account

    by = system_account()
    people = list(Account.objects.order_by("pk").values_list("pk", flat=True)[:ACCOUNTS])
    chained = audit.record

    def rename(dice: random.Random) -> None:
        name = f"n{dice.random()}"
        actions.rename(pk=dice.choice(people), name=name, by=by, at=clock.now())

    def pass_on(dice: random.Random) -> None:
        giver, taker = actions.two_purses(dice)
        actions.pass_on(giver=giver, taker=taker, by=by, at=clock.now())

    tasks: dict[str, Callable[[random.Random], None]] = {
        "chain": rename,
        "plain": rename,
        "purses": pass_on,
    }
    print("ready", flush=True)
    for line in sys.stdin:
        task, number = line.split()
        audit.record = actions.record_without_chain if task == "plain" else chained
        _write(tasks[task], int(number), threads)
        print("done", flush=True)


def _write(task: Callable[[random.Random], None], number: int, threads: int) -> None:
    faults: list[BaseException] = []

    def run(count: int) -> None:
        from django.db import connection

        dice = random.Random()
        try:
            for _ in range(count):
                task(dice)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    if threads == 1:
        run(number)
    else:
        running = [threading.Thread(target=run, args=[number // threads]) for _ in range(threads)]
        for one in running:
            one.start()
        for one in running:
            one.join()
    if faults:
        raise faults[0]


if __name__ == "__main__":
    main(int(sys.argv[1]))
