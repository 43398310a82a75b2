"""Benchmarks: commands that measure, each printing a table of ratios within one run.

In: a scenario, or a territory that `benchmarks.territories` makes from a seed. Out: a table
on screen, and on request as JSON and as a page of `benchmarks/results/`. Everything goes
through the public interface of `amalgamation`; `benchmarks/README.md` lists the commands.
"""
