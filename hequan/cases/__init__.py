"""Cases (一口受理): every request through one door, on a clock, judged by who asked.

Entry points: `actions`, `queries`, `routing`, `moves`, `sla`.
"""
