"""Tables: what was measured, for a person to read."""

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown, its numbers to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [line(head, widths), "|".join(["", f":{'-' * (widths[0] + 1)}", *("-" * (width + 1) + ":" for width in widths[1:]), ""])]
    return "\n".join([*lines, *(line(row, widths) for row in rows)])


def line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return a row."""
    first = cells[0].ljust(widths[0])
    rest = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return f"| {' | '.join([first, *rest])} |"


def figure(number: float) -> str:
    """Return a number to about three digits."""
    digits = 0 if number >= 100 else 1 if number >= 10 else 2
    return f"{number:,.{digits}f}"
