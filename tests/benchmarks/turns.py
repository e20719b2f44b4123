"""Ways to one result, timed side by side: in turns, each turn in another order.

The time is that of the processor, which other programs disturb less; and of each way the best turn
counts. In one order for all turns the same way would always find what another left in the cache.
"""

import random
import time


def once(work, number):
    start = time.process_time()
    for _ in range(number):
        work()
    return (time.process_time() - start) / number


def best(ways, number=5, turns=30):
    """Return the time of each way: the least over the turns."""
    times = {name: [] for name in ways}
    for _ in range(turns):
        for name in random.sample(list(ways), len(ways)):
            times[name].append(once(ways[name], number))
    return {name: min(some) for name, some in times.items()}
