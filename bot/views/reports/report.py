"""A report (§5.1): its figures, each with the button that says where it comes from."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.language import Translator
from bot.policy.bids.figures import Figure, amount
from bot.policy.bids.measures import Measure
from bot.views.blocks import Block, Message, actions, bold, button, code, context, prose, says, section
from bot.views.reports.figures import BASES, EARLIER, NAMES, PICTURE, WHY, YEAR, Asked, Content, Whose, head, shown


def report(_: Translator, asked: Asked, whose: Whose, content: Content, earlier: str, note: str = "") -> Message:
    """Return the figures, each with the button that says where it comes from; `earlier` is the period before."""
    lines = [section(line(_, figure, content, whose.currency), why(_, asked, figure)) for figure in Figure]
    year = str(whose.period.quarters[0].year)
    whole = [button(year, YEAR, asked._replace(period=year).value())] if year != whose.period.name else []
    before = button(earlier, EARLIER, asked._replace(period=earlier).value())
    row = actions(button(_("Picture"), PICTURE, asked.value()), before, *whole)
    said = [prose("{note}", note=note)] if note else []
    small = [*missing(_, content.tallied), _("Handbook {version}", version=content.version)]
    return says(head(_, whose), *said, also=[*lines, row, context(" · ".join(small))])


def why(_: Translator, asked: Asked, figure: Figure) -> Block:
    """Return the button that says where a figure comes from."""
    return button(_("Why?"), WHY, asked._replace(figure=figure, page=0).value())


def line(_: Translator, figure: Figure, content: Content, currency: str) -> str:
    """Return a figure by name, with the bids it is made of."""
    counts = f" ({_('this one counts')})" if BASES.get(figure) == content.rules.basis else ""
    return f"{_(NAMES[figure])}{counts}\n{shown(_, figure, content, currency)}"


def missing(_: Translator, tallied: Mapping[str, Decimal]) -> list[str]:
    """Return what totals in money leave out."""
    left_out = int(amount(tallied, Measure.UNPRICED) + amount(tallied, Measure.SUBMITTED_UNPRICED))
    if not left_out:
        return []
    return [_("Left out where money is reckoned, for want of an amount or a rate: {n}", n=_.number(left_out))]


def unknown(_: Translator, typed: str, near: Sequence[str]) -> Message:
    """Say that nobody and no team goes by that name, and who comes near."""
    sorry = prose(_.template("There is nobody, and no team, called {typed}."), typed=bold(typed))
    return says(sorry, prose(_.template("Did you mean {names}?"), names=_.list(list(near)))) if near else says(sorry)


def teamless(_: Translator) -> Message:
    """Say that the person belongs to no team that could be reported on."""
    return says(prose(_.template("You belong to no team yet. Name one, as in {command}."), command=code("/presales report team North")))
