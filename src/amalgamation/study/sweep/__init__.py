"""The sweep: many variants of a scenario in, a study folder out.

Variants are read and checked by whoever asks; workers, on this machine or of a Dask cluster,
get what they need sent and send back what they found; whoever asks alone writes. So a worker
that dies loses one variant, and whoever asks may be ended at any moment: the same command
goes on with what is left.
"""

from amalgamation.study.sweep.cases import Case, Question, read_question
from amalgamation.study.sweep.outcome import Figure, Outcome
from amalgamation.study.sweep.run import Standing, run_study
from amalgamation.study.sweep.sources import (
    PlanTable,
    expand_studies,
    find_plan_table,
    is_study_table,
)
from amalgamation.study.sweep.study import Study, read_study
from amalgamation.study.sweep.table import build_table
from amalgamation.study.sweep.variants import Variant, build_variants

__all__ = [
    "Case",
    "Figure",
    "Outcome",
    "PlanTable",
    "Question",
    "Standing",
    "Study",
    "Variant",
    "build_table",
    "build_variants",
    "expand_studies",
    "find_plan_table",
    "is_study_table",
    "read_question",
    "read_study",
    "run_study",
]
