"""Mutation testing of what a plan is judged and a bound is proven by.

``python -m tools.mutation`` makes one small fault at a time in the rooms named in
`targets.py`, and tells which faults no test finds.
"""
