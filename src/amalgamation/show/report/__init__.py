"""The report: a plan, its proof and its measures in, one page of HTML out.

The page explains itself, opens from disk, and lets a person draw the plan on by hand. Its
script stands in ``assets``, module by module, without a build step; `page` puts it together.
"""

from amalgamation.show.report.page import build_report
from amalgamation.show.report.reasons import KINDS, NOBODY, ReportReasons
from amalgamation.show.report.study import ReportStudy
from amalgamation.show.report.subject import ReportSubject

__all__ = [
    "KINDS",
    "NOBODY",
    "ReportReasons",
    "ReportStudy",
    "ReportSubject",
    "build_report",
]
