"""The bucket queue (桶队列) that every walking search stands on, as compiled kernels.

Labels are settled in steps of one bucket width instead of one by one (Denardo & Fox 1979, Dial
1969); inside a bucket they may be corrected, so the answer is exact for any width and for any
weight >= 0. A label is one int64, `cost << 32 | owner`: comparing it compares the cost and then the
owner, so ties always go to the lowest owner, whatever the order of work. Entries lie in chunks of
one pool, because a linked list of single entries waits for memory at every step.

A search may carry a second quantity (metres beside milliseconds): among equal labels the least
carried value wins, so it is as determined as the cost. Without it the kernels compile to less.
"""

import numpy as np
from numba import njit

CHUNK = 256  # entries in one chunk of the pool
UNSET = np.int64(0x7FFFFFFFFFFFFFFF)

# positions in the state array that the kernels share
FREE, USED, LIVE = 0, 1, 2


@njit(cache=True, nogil=True)
def weight_figures(weight, limit):  # type: ignore[no-untyped-def]
    """Return the mean and the largest of the weights that a search within the limit may use."""
    total, count, largest = 0.0, 0, 0
    for index in range(len(weight)):
        value = weight[index]
        if value <= limit:
            total += value
            count += 1
            largest = max(largest, value)
    return total / max(count, 1), largest


@njit(cache=True, nogil=True)
def open_chunk(slot, chain, first, free, used):  # type: ignore[no-untyped-def]
    """Put an empty chunk in front of a bucket; return the next free one and how many are used."""
    if free >= 0:
        taken, free = free, chain[np.uint64(free)]
    else:
        taken, used = used, used + 1
    chain[np.uint64(taken)] = first[slot]
    first[slot] = taken
    return free, used


@njit(cache=True, nogil=True)
def push(node, cost, shift, pool, chain, first, fill, state):  # type: ignore[no-untyped-def]
    """Put a node into the bucket of its cost; the pool must have a free chunk."""
    slot = np.uint64((cost >> shift) & (len(first) - 1))
    place = fill[slot]
    if place == np.uint64(CHUNK):
        state[FREE], state[USED] = open_chunk(slot, chain, first, state[FREE], state[USED])
        place = np.uint64(0)
    pool[np.uint64(first[slot]) * np.uint64(CHUNK) + place] = node
    fill[slot] = place + np.uint64(1)
    state[LIVE] += 1


@njit(cache=True, nogil=True)
def seed(  # type: ignore[no-untyped-def]
    nodes, costs, owners, carries, limit, shift, key, carry, pool, chain, first, fill, state
):
    """Label the seeds and queue them."""
    for index in range(len(nodes)):
        cost = np.int64(costs[index])
        if cost > limit:
            continue
        node = nodes[index]
        label = (cost << 32) | np.int64(owners[index])
        better = label < key[node]
        if carry is not None:
            better = better or (label == key[node] and carries[index] < carry[node])
        if better:
            key[node] = label
            if carry is not None:
                carry[node] = carries[index]
            push(node, cost, shift, pool, chain, first, fill, state)


@njit(cache=True, nogil=True)
def scan_chunk(  # type: ignore[no-untyped-def]
    chunk, entries, start, ptr, head, weight, along, limit, shift, key, carry,
    pool, chain, first, fill, state,
):  # fmt: skip
    """Relax the arcs of the nodes of one chunk whose labels are not older than the bucket."""
    free, used, live = state[FREE], state[USED], np.int64(0)
    # unsigned indices spare the compiled code a check for negative ones
    mask = np.int64(len(first) - 1)
    most = np.int64(limit)
    label_shift = np.int64(shift + 32)
    size = np.uint64(CHUNK)
    base = np.uint64(chunk) * size
    for place in range(np.uint64(entries)):
        node = np.uint64(pool[base + place])
        label = key[node]
        if label < start:
            continue
        room = most - (label >> 32)
        for arc in range(np.uint64(ptr[node]), np.uint64(ptr[node + np.uint64(1)])):
            step = np.int64(weight[arc])
            if step > room:  # a closed arc too: the sum would not fit the label
                continue
            other = np.uint64(head[arc])
            reached = label + (step << 32)
            if carry is None:
                if reached >= key[other]:
                    continue
            else:
                carried = carry[node] + along[arc]
                if reached > key[other]:
                    continue
                if reached == key[other] and carried >= carry[other]:
                    continue
                carry[other] = carried
            key[other] = reached
            slot = np.uint64((reached >> label_shift) & mask)
            at = fill[slot]
            if at == size:
                free, used = open_chunk(slot, chain, first, free, used)
                at = np.uint64(0)
            pool[np.uint64(first[slot]) * size + at] = np.int32(other)
            fill[slot] = at + np.uint64(1)
            live += 1
    state[FREE], state[USED] = free, used
    state[LIVE] += live


@njit(cache=True, nogil=True)
def with_room(pool, chain, state, chunks):  # type: ignore[no-untyped-def]
    """Return the pool and its chain with at least so many never used chunks left."""
    have = len(chain)
    if state[USED] + chunks <= have:
        return pool, chain
    size = 2 * have + chunks
    larger_pool = np.empty(size * CHUNK, np.int32)
    larger_pool[: have * CHUNK] = pool
    larger_chain = np.empty(size, np.int64)
    larger_chain[:have] = chain
    return larger_pool, larger_chain


@njit(cache=True, nogil=True)
def widest_node(ptr):  # type: ignore[no-untyped-def]
    """Return the largest number of arcs at one node."""
    widest = np.int64(0)
    for node in range(len(ptr) - 1):
        widest = max(widest, ptr[node + 1] - ptr[node])
    return widest


@njit(cache=True, nogil=True)
def settle(  # type: ignore[no-untyped-def]
    ptr, head, weight, along, nodes, costs, owners, carries, limit, shift, buckets, widest,
    key, carry,
):  # fmt: skip
    """Fill `key` with the least label of every node within the limit, UNSET elsewhere.

    `along`, `carries` and `carry` hold what is carried per arc, seed and node; None for nothing.
    `buckets` is a power of two whose span covers the largest weight used and the largest seed;
    `widest` is the largest number of arcs at one node.
    """
    key[:] = UNSET
    # one chunk adds at most CHUNK * widest entries, and may open every bucket once
    spare = buckets + widest + 1
    have = spare + len(nodes) // CHUNK + len(key) // (8 * CHUNK) + 1
    pool = np.empty(have * CHUNK, np.int32)
    chain = np.empty(have, np.int64)
    first = np.full(buckets, -1, np.int64)
    fill = np.full(buckets, CHUNK, np.uint64)
    state = np.array([-1, 0, 0], np.int64)
    seed(nodes, costs, owners, carries, limit, shift, key, carry, pool, chain, first, fill, state)
    bucket = np.int64(0)
    while state[LIVE] > 0:
        slot = bucket & (buckets - 1)
        while first[slot] >= 0:
            chunk, entries = first[slot], np.int64(fill[slot])
            first[slot], fill[slot] = -1, np.uint64(CHUNK)
            while chunk >= 0:
                pool, chain = with_room(pool, chain, state, spare)
                scan_chunk(
                    chunk, entries, (bucket << shift) << 32,
                    ptr, head, weight, along, limit, shift, key, carry,
                    pool, chain, first, fill, state,
                )  # fmt: skip
                state[LIVE] -= entries
                after = chain[chunk]
                chain[chunk] = state[FREE]
                state[FREE] = chunk
                chunk, entries = after, np.int64(CHUNK)
        bucket += 1


@njit(cache=True, nogil=True)
def unpack(key, cost, owner):  # type: ignore[no-untyped-def]
    """Split labels into costs and owners; what was not reached keeps the largest int32 and -1."""
    for node in range(len(key)):
        label = key[node]
        if label == UNSET:
            cost[node] = np.int32(0x7FFFFFFF)
            owner[node] = -1
        else:
            cost[node] = np.int32(label >> 32)
            owner[node] = np.int32(label & 0xFFFFFFFF)
