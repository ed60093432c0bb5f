"""What people say about customers (§2.1.5): `/customer`, its buttons and its forms; a file for each matter."""

from handlers.customers import enquiries, lists, merging, opinions, undoing
from handlers.help import help_word
from handlers.routes import Routes


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of customers."""
    for matter in (lists, enquiries, opinions, merging, undoing):
        matter.register(routes)
    routes.command("/customer", "list", help_word(routes, "/customer"))
