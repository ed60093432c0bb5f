"""What another handbook would change (§5): tried in Slack before it is adopted, from the settings."""

from typing import Annotated

from pydantic import StringConstraints

from bot.handbook import Handbook, HandbookError, laid_over
from bot.policy.appraisals.comparing import changed_settings, differences
from bot.policy.appraisals.cycle import rules_now
from bot.policy.people import may, require
from bot.policy.record import Event
from bot.views import comparing as views
from handlers.context import Answer, Errors, Open, Say, Show, Turn
from handlers.forms import Form
from handlers.routes import Routes
from storage.comparing import pasts
from storage.store import Shelves


def register(routes: Routes) -> None:
    """Register the form and what leads to it."""
    routes.button(views.TRY, ask)
    routes.form(views.TRY, Tried, compare)


class Tried(Form):
    """The settings to be tried, as a file would write them."""

    settings: Annotated[str, StringConstraints(min_length=1, max_length=views.LONGEST)]


def ask(turn: Turn, _shelves: Shelves) -> Answer:
    """Ask for the settings to be tried."""
    require("handbook.compare", turn.roles)
    view = views.form(turn._)
    return Show(view) if turn.view.get("type") == "modal" else Open(view)


def compare(turn: Turn, shelves: Shelves, form: Tried) -> Answer:
    """Say what would have changed; whose grades they are is for those who may see grades."""
    require("handbook.compare", turn.roles)
    try:
        tried = laid_over(turn.handbook, form.settings)
    except HandbookError as error:
        said = (f"{fault.line}: {fault.where} {fault.problem}; {fault.mend}" for fault in error.faults)
        return Errors({"settings": "\n".join(said)[:1900]})
    found = compared(turn, shelves, tried)
    note(turn, shelves, len(found.differences))
    return Say(views.report(turn._, found))


def compared(turn: Turn, shelves: Shelves, tried: Handbook) -> views.Compared:
    """Return the comparison, with names for those who may see whose grades they are."""
    past = pasts(shelves, turn.handbook, tried, turn.now)
    found = list(differences(past, rules_now(turn.handbook), rules_now(tried)))
    people = {one.person for one in past}
    names = {one.id: one.name for one in shelves.people.among(people)} if may("appraisals.cycle", turn.roles) else None
    return views.Compared(changed_settings(turn.handbook, tried), found, len(people), names, turn.person.id)


def note(turn: Turn, shelves: Shelves, found: int) -> None:
    """Note in the audit log who compared, and how many quarters would differ."""
    about = f"handbook:{turn.handbook.version}"
    shelves.audit.note(
        Event(at=turn.now, actor=turn.person.id, subject=about, action="compare", request=turn.request, became={"differ": found})
    )
