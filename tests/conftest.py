"""Options of the tests: the long part of the validation, and the page that takes its figures."""

from pathlib import Path

from hypothesis import settings

# No test fails by the clock: a machine with other work on it needs longer for an example.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser):
    group = parser.getgroup("validation")
    group.addoption("--whole", action="store_true", help="also the long part of tests/validation")
    group.addoption("--figures", type=Path, metavar="PAGE", help="write its figures to a page")
