"""Growing one ball after another (步行圈): compiled kernels for searches that stay small.

A ball never pays for the size of the town: only what it touched is reset before the next one. Its
few entries fit the nearest cache, so single entries linked in buckets are enough here, unlike in
`buckets`. Buckets are not reused in a ring; the limit says how many there are. `cost` comes in, and
is left, FAR everywhere.
"""

import numpy as np
from numba import njit

FAR = np.int32(0x7FFFFFFF)


@njit(cache=True, nogil=True)
def with_space(nodes, links, needed):  # type: ignore[no-untyped-def]
    """Return the entry arrays with at least so many places."""
    have = len(nodes)
    if needed <= have:
        return nodes, links
    larger_nodes, larger_links = np.empty(2 * needed, np.int32), np.empty(2 * needed, np.int32)
    larger_nodes[:have] = nodes
    larger_links[:have] = links
    return larger_nodes, larger_links


@njit(cache=True, nogil=True)
def plant(  # type: ignore[no-untyped-def]
    nodes, costs, carries, limit, shift, cost, trace, touched, queue, links, first
):
    """Label the seeds of one ball; return how many nodes it touched, and its entries."""
    reached, entries = 0, 0
    queue, links = with_space(queue, links, len(nodes))
    for index in range(len(nodes)):
        node, value = nodes[index], costs[index]
        if value > limit or value >= cost[node]:
            continue
        if cost[node] == FAR:
            touched[reached] = node
            reached += 1
        cost[node] = value
        if trace is not None:
            trace[node, 0], trace[node, 1], trace[node, 2] = -1, -1, carries[index]
        slot = value >> shift
        queue[entries], links[entries] = node, first[slot]
        first[slot] = entries
        entries += 1
    return reached, entries, queue, links


@njit(cache=True, nogil=True)
def grow(  # type: ignore[no-untyped-def]
    ptr, head, weight, along, nodes, costs, carries, limit, shift,
    cost, trace, touched, queue, links, first,
):  # fmt: skip
    """Label everything within the limit; return how many nodes, and the entry arrays.

    `cost` must be FAR and `first` -1 everywhere; `first` is left so. With `trace` (int32[n, 3]),
    keep for each node the arc and the node it was reached by, -1 at seeds, and what was carried.
    """
    reached, entries, queue, links = plant(
        nodes, costs, carries, limit, shift, cost, trace, touched, queue, links, first
    )
    for slot in range(len(first)):
        while first[slot] >= 0:
            entry = first[slot]
            first[slot] = -1
            while entry >= 0:
                node, entry = np.uint64(queue[entry]), links[entry]
                here = cost[node]
                if here >> shift < slot:
                    continue
                # unsigned indices spare the compiled code a check for negative ones
                begin, end = np.uint64(ptr[node]), np.uint64(ptr[node + np.uint64(1)])
                if entries + np.int64(end - begin) > len(queue):
                    queue, links = with_space(queue, links, entries + np.int64(end - begin))
                room = limit - here
                for arc in range(begin, end):
                    step, other = weight[arc], np.uint64(head[arc])
                    if step > room or here + step >= cost[other]:
                        continue
                    value = np.int32(here + step)
                    if cost[other] == FAR:
                        touched[reached] = other
                        reached += 1
                    cost[other] = value
                    if trace is not None:
                        trace[other, 0], trace[other, 1] = arc, node
                        trace[other, 2] = trace[node, 2] + along[arc]
                    bucket = np.uint64(value >> shift)
                    queue[entries], links[entries] = other, first[bucket]
                    first[bucket] = entries
                    entries += 1
    return reached, queue, links


@njit(cache=True, nogil=True)
def sum_balls(  # type: ignore[no-untyped-def]
    ptr, head, weight, source_ptr, nodes, costs, limit, shift, slots, cost, touched,
    values, low, high, sums,
):  # fmt: skip
    """Add up `values` of the nodes within the limit of each of the sources low:high."""
    queue, links = np.empty(4096, np.int32), np.empty(4096, np.int32)
    first = np.full(slots, -1, np.int32)
    for source in range(low, high):
        part = slice(source_ptr[source], source_ptr[source + 1])
        reached, queue, links = grow(
            ptr, head, weight, None, nodes[part], costs[part], None, limit, shift,
            cost, None, touched, queue, links, first,
        )  # fmt: skip
        for column in range(values.shape[1]):
            total = 0.0
            for index in range(reached):
                total += values[np.uint64(touched[index]), column]
            sums[source, column] = total
        for index in range(reached):
            cost[np.uint64(touched[index])] = FAR


@njit(cache=True, nogil=True)
def list_balls(  # type: ignore[no-untyped-def]
    ptr, head, weight, source_ptr, nodes, costs, limit, shift, slots, cost, touched,
    low, high, sizes,
):  # fmt: skip
    """Return the nodes and costs of the balls of the sources low:high, one after another."""
    queue, links = np.empty(4096, np.int32), np.empty(4096, np.int32)
    first = np.full(slots, -1, np.int32)
    members, spent = np.empty(4096, np.int32), np.empty(4096, np.int32)
    total = 0
    for source in range(low, high):
        part = slice(source_ptr[source], source_ptr[source + 1])
        reached, queue, links = grow(
            ptr, head, weight, None, nodes[part], costs[part], None, limit, shift,
            cost, None, touched, queue, links, first,
        )  # fmt: skip
        sizes[source] = reached
        members, spent = with_space(members, spent, total + reached)
        for index in range(reached):
            node = np.int64(touched[index])
            members[total], spent[total] = node, cost[node]
            cost[node] = FAR
            total += 1
    return members[:total].copy(), spent[:total].copy()


@njit(cache=True, nogil=True)
def trace_ball(  # type: ignore[no-untyped-def]
    ptr, head, weight, along, nodes, costs, carries, limit, shift, slots, cost, trace, touched
):
    """Grow one ball with its trace and reset `cost`; return rows of node, cost and trace."""
    queue, links = np.empty(4096, np.int32), np.empty(4096, np.int32)
    first = np.full(slots, -1, np.int32)
    reached, queue, links = grow(
        ptr, head, weight, along, nodes, costs, carries, limit, shift,
        cost, trace, touched, queue, links, first,
    )  # fmt: skip
    found = np.empty((reached, 5), np.int32)
    for index in range(reached):
        node = np.int64(touched[index])
        found[index, 0], found[index, 1] = node, cost[node]
        found[index, 2:] = trace[node]
        cost[node] = FAR
    return found
