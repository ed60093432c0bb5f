"""The forms of honours: nominating, awarding, and steps that need a reason."""

from collections.abc import Mapping

from bot.language import N_, Translator
from bot.policy.honours.record import LONG, Nomination
from bot.views.blocks import Block, Choice, field_of, modal, paragraph, person_input, prose, select, text_input
from bot.views.honours.steps import AWARD, CANCEL, NOMINATE, REVOKE, SHORTLIST
from bot.views.honours.words import Names, named, who

TITLES: Mapping[str, str] = {
    CANCEL: N_("Cancel the round"),
    REVOKE: N_("Revoke the honour"),
    SHORTLIST: N_("Onto the shortlist"),
}


def nominate_form(_: Translator, choices: Mapping[str, str], chosen: str, person: str, solution: str) -> Block:
    """Return the form that nominates, for one of these honours and periods."""
    options = [Choice(value, text) for value, text in choices.items()]
    fields = [
        field_of(_("Honour"), select("honour", options, chosen)),
        field_of(_("Person"), person_input("person", person), optional=True, hint=_("For an honour that is given to a person.")),
        field_of(
            _("Solution"),
            text_input("solution", solution, limit=200, placeholder="S-12"),
            optional=True,
            hint=_("For an honour that is given to a solution: its number or its customer."),
        ),
        field_of(_("What speaks for it"), text_input("why", lines=True, limit=LONG)),
        field_of(
            _("Evidence"),
            text_input("evidence", lines=True, limit=1000, placeholder="B-3 S-12 https://…"),
            optional=True,
            hint=_("Numbers of bids, research, solutions and demos, and links."),
        ),
    ]
    return modal(NOMINATE, _("Nominate"), fields, submit=_("Nominate"), close=_("Cancel"))


def award_form(_: Translator, nomination: Nomination, names: Names) -> Block:
    """Return the form that awards an honour."""
    head = paragraph(prose(_.template("{honour}, {period}"), **named(nomination, names)), who(nomination))
    published = _("Everybody reads it, so it names no scores and no grades.")
    kept = _("Kept with the decision; only those who decide read it.")
    fields = [
        head,
        field_of(_("What it is given for"), text_input("citation", nomination.why, lines=True, limit=LONG), hint=published),
        field_of(_("Reason"), text_input("reason", lines=True, limit=LONG), hint=kept),
    ]
    return modal(AWARD, _("Award the honour"), fields, submit=_("Award"), close=_("Cancel"), metadata=str(nomination.id))


def reason_form(_: Translator, step: str, number: int) -> Block:
    """Return the form that asks why a step is taken with the round or nomination of this number."""
    fields = [field_of(_("Why"), text_input("reason", lines=True, limit=LONG))]
    return modal(step, _(TITLES[step]), fields, submit=_("Save"), close=_("Cancel"), metadata=str(number))
