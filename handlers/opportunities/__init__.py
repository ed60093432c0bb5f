"""What people say about opportunities (§2.1.1, §2.1.5): `/opportunity`, its buttons and its forms; a file for each matter."""

from handlers.help import help_word
from handlers.opportunities import entry, lists, outcome, shares, undoing
from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of opportunities."""
    for matter in (entry, lists, outcome, shares, undoing):
        matter.register(routes)
    routes.command("/opportunity", "new", help_word(routes, "/opportunity"))
