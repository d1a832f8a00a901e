"""Paths of units (层级路径): the ids on the way down from the top, as `Unit.path` writes them."""


def ids_in(path: str) -> list[int]:
    """Return the ids of `/1/5/12/` in order, the top first; none for the whole territory."""
    return [int(part) for part in path.split("/") if part]


def paths_to(path: str) -> list[str]:
    """Return the path of each unit on the way, the top first, the unit itself last."""
    trail = ids_in(path)
    return [f"/{'/'.join(map(str, trail[:n]))}/" for n in range(1, len(trail) + 1)]
