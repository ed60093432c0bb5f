"""Numbers that a button or a form carries: whatever else stands there was forged, or came from an older message."""

LONGEST = 9  # digits; more might be too large for the database


def is_number(text: str) -> bool:
    """Tell a number that the database can hold from whatever else was sent."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST


def number_in(text: str) -> int:
    """Return the number that a text is, or 0."""
    return int(text) if is_number(text) else 0
