"""What people say about honours (§5.4.4): `/honour`, its buttons and forms."""

from handlers.help import help_word
from handlers.honours import deciding, fame, nominating, rounds, undoing
from handlers.routes import Routes

STAGES = (fame, nominating, rounds, deciding, undoing)


def register(routes: Routes) -> None:
    """Register every stage, and `help` over all their words."""
    for stage in STAGES:
        stage.register(routes)
    routes.command("/honour", "list", help_word(routes, "/honour"))
