"""Pages whose figures come from finished runs, so that none is typed by hand.

Comes in: run folders that `make scenarios` left. Goes out: the table of the README
(`readme`), a page per reform model (`models`) and the figures of what is certain (`certainty`).
"""
