"""The cost of the audit chain: eight writers on PostgreSQL with it and without, turn by turn."""

import statistics

from bench.core.writing import Writers

WRITERS, TARGET = 8, 0.10


def measure(rounds: int = 9, each: int = 300) -> dict[str, float]:
    """Print the table; return actions a second with the chain and without, and the share lost."""
    from bench.core.writer import ACCOUNTS
    from hequan.core.accounts import Account, system_account

    system_account()
    names = [Account(username=f"bench-{number}") for number in range(ACCOUNTS)]
    Account.objects.bulk_create(names, ignore_conflicts=True)
    writers = Writers(WRITERS)
    for task in ("plain", "chain"):
        writers.write(task, each)
    rates: dict[str, list[float]] = {"plain": [], "chain": []}
    for number in range(rounds):
        for task in ("plain", "chain") if number % 2 else ("chain", "plain"):
            rates[task].append(WRITERS * each / writers.write(task, each))
    writers.end()
    plain, chain = (statistics.median(rates[task]) for task in ("plain", "chain"))
    pairs = zip(rates["plain"], rates["chain"], strict=True)
    lost = statistics.median(1 - b / a for a, b in pairs)
    print("\n| 8 writers, actions a second | without chain | with | lost | asked |")
    print("|---|---|---|---|---|")
    print(f"| median of {rounds} rounds | {plain:.0f} | {chain:.0f} | {lost:.1%} | <= 10 % |")
    return {"plain": plain, "chain": chain, "lost": lost}
