"""The forms of opportunities."""

from collections.abc import Mapping

from bot.language import Translator
from bot.policy.opportunities import Opportunity
from bot.policy.shares import PERCENT
from bot.views.blocks import (
    Block,
    Choice,
    choices_input,
    field_of,
    modal,
    paragraph,
    person_input,
    text_input,
)
from bot.views.opportunities.sheet import BUTTONS, CONFIDENTIAL, EDIT, NEW, SHARE, WON, facts


def form(_: Translator, currency: str, deal: Opportunity | None = None) -> Block:
    """Return the form that enters an opportunity, or changes the facts of one."""
    amount = f"{deal.currency} {deal.amount.normalize():f}" if deal and deal.amount is not None else ""
    secret = [Choice(CONFIDENTIAL, _("Confidential"), _("Only for those concerned"))]
    customer = [] if deal else [field_of(_("Customer"), text_input("customer", limit=200, placeholder="ACME"))]
    hint = _("For example 350k, 1.2m or USD 80,000; without a currency it is {currency}.", currency=currency)
    return modal(
        EDIT if deal else NEW,
        _("Change the facts") if deal else _("New opportunity"),
        [
            *customer,
            field_of(_("Title"), text_input("title", deal.title if deal else "", limit=200), optional=True),
            field_of(_("Amount"), text_input("amount", amount, limit=60, placeholder="1.2m"), optional=True, hint=hint),
            field_of(_("Source"), text_input("source", deal.source if deal else "", limit=200), optional=True),
            field_of(_("Sales owner"), person_input("sales_owner", deal.sales_owner if deal else ""), optional=True),
            field_of(_("Pre-sales owner"), person_input("owner", deal.owner if deal else ""), optional=True),
            field_of(_("Class"), choices_input("secrecy", secret, [CONFIDENTIAL] if deal and deal.confidential else []), optional=True),
        ],
        submit=_("Save") if deal else _("Enter"),
        close=_("Cancel"),
        metadata=str(deal.id) if deal else "",
    )


def amount_form(_: Translator, deal: Opportunity) -> Block:
    """Return the form that asks what was agreed in a deal without a tender."""
    initial = f"{deal.amount.normalize():f}" if deal.amount is not None else ""
    fields = [paragraph(facts(_, deal)), field_of(_("Agreed amount"), text_input("amount", initial, limit=60, placeholder="1.2m"))]
    return modal(WON, _("Won without a tender"), fields, submit=_("Won"), close=_("Cancel"), metadata=str(deal.id))


def reason_form(_: Translator, deal: Opportunity, step: str) -> Block:
    """Return the form that asks why an opportunity is given up, not won, put on hold or opened again."""
    titles = dict(BUTTONS.values())
    fields = [paragraph(facts(_, deal)), field_of(_("Why?"), text_input("reason", lines=True, limit=1000))]
    return modal(step, _(titles[step]), fields, submit=_("Save"), close=_("Cancel"), metadata=str(deal.id))


def share_form(_: Translator, deal: Opportunity, names: Mapping[str, str]) -> Block:
    """Return the form with everybody's share."""
    held = {share.person: f"{share.percent.normalize():f}" for share in deal.shares}
    fields = [field_of(f"{name} · %", text_input(PERCENT + person, held.get(person, "0"), limit=8)) for person, name in names.items()]
    return modal(SHARE, _("Share the credit"), fields, submit=_("Propose"), close=_("Cancel"), metadata=str(deal.id))
