"""The picture of a report (§5.1), and what is said of any picture that is drawn aside."""

from collections.abc import Mapping
from decimal import Decimal

from bot.language import N_, Translator
from bot.policy.bids.figures import amount
from bot.policy.bids.measures import STAGES, VALUES
from bot.views.blocks import Message, code, prose, says
from bot.views.charts import Stage
from bot.views.reports.figures import Whose, title

STAGE_NAMES = dict(zip(STAGES, (N_("registered"), N_("assessed"), N_("go"), N_("submitted"), N_("won")), strict=True))


def stages(_: Translator, tallied: Mapping[str, Decimal]) -> list[Stage]:
    """Return the stages of the funnel of what was tallied."""
    return [Stage(_(name), int(amount(tallied, stage)), amount(tallied, VALUES[stage])) for stage, name in STAGE_NAMES.items()]


def figures_of(whose: Whose) -> str:
    """Return what the file of a picture is called."""
    return f"funnel-{whose.period.name}.png"


def picture_title(_: Translator, whose: Whose) -> str:
    """Return the title of the picture."""
    return _("{whose}: how far the bids came", whose=title(_, whose))


def picture_note(_: Translator, whose: Whose) -> str:
    """Return the small print of the picture."""
    days = _("{start} to {end}", start=_.day(whose.period.start), end=_.day(whose.period.end))
    return _("Bids registered from {days}, as they stand now.", days=days)


def coming(_: Translator) -> str:
    """Say that a picture is being drawn."""
    return _("The picture comes as a direct message.")


def unsent(_: Translator, error: str) -> Message:
    """Say that the picture could not be sent, in Slack's word."""
    return says(prose(_.template("I could not send the picture; Slack says {error}."), error=code(error)))
