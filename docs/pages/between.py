"""Text between two markers of a page: the part that a command writes."""

from __future__ import annotations

from amalgamation.errors import InputError
from amalgamation.findings import Finding

__all__ = ["replace_between"]


def replace_between(page: str, name: str, text: str, where: str = "the page") -> str:
    r"""Return a page with a text between ``<!-- name:begin -->`` and ``<!-- name:end -->``.

    Raises
    ------
    InputError
        If the page does not have each marker once, in this order.

    Examples
    --------
    >>> replace_between("a <!-- x:begin -->old<!-- x:end --> b", "x", "new")
    'a <!-- x:begin -->\nnew\n<!-- x:end --> b'
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    whole = f"{before}{begin}\n{text.strip()}\n{end}{after}"
    if (page.count(begin), page.count(end), rest.count(end)) != (1, 1, 1):
        found = f"{begin} {page.count(begin)} times, {end} {page.count(end)} times"
        remedy = "mark where the text shall stand"
        raise InputError([Finding("markers", where, found, "each once, in this order", remedy)])
    return whole
