"""What a bid's sheet tells of its preparation: the parts, what reviewers found and what experts answered."""

from bot.language import N_, Translator
from bot.policy.bids import OPEN, PREPARATION, Bid, Finding, Part, PartKind, Question
from bot.policy.bids.document_review import open_findings
from bot.policy.bids.preparation import LEAD, WRITABLE
from bot.policy.bids.record import REVIEWER
from bot.views.blocks import (
    Block,
    Sentence,
    actions,
    button,
    clip,
    prose,
    section,
    user,
)

PREPARATION_PAGE, CLOSE_FINDING = "bids.preparation", "bids.close_finding"
SHOWN, LONG = 5, 300  # findings and answers on the sheet, and characters of each

ROLE_NAMES = {
    PartKind.COMMERCIAL: N_("commercial part"),
    PartKind.TECHNICAL: N_("technical part"),
    PartKind.PRICE: N_("price part"),
    LEAD: N_("lead"),
    REVIEWER: N_("review"),
}


def role(_: Translator, word: str) -> str:
    """Return what somebody does in a team; a role of the company's own stays as it was typed."""
    return next((_(name) for known, name in ROLE_NAMES.items() if known == word), word)


def on_sheet(_: Translator, bid: Bid) -> list[Sentence]:
    """Return the parts of a bid that is being prepared, and the answers of experts while it is open."""
    parts = [part_line(_, bid, part) for part in bid.parts] if bid.state in PREPARATION else []
    asked = [question_line(_, question) for question in bid.questions[-SHOWN:]] if bid.state in OPEN else []
    return parts + asked


def part_line(_: Translator, bid: Bid, part: Part) -> Sentence:
    """Return whose a part is, and until when or since when it is written."""
    named, person = role(_, part.kind), user(part.owner)
    if part.done_at:
        return prose(_.template("{part}: {person}, done {when}"), part=named, person=person, when=_.moment(part.done_at, bid.zone))
    if part.due is None:
        return prose(_.template("{part}: {person}, no date yet"), part=named, person=person)
    return prose(_.template("{part}: {person}, due {when}"), part=named, person=person, when=_.moment(part.due, bid.zone))


def question_line(_: Translator, question: Question) -> Sentence:
    """Return a question and its answer, or who owes it."""
    asked, person = clip(question.text, LONG), user(question.expert)
    if question.answered_at:
        return prose(_.template("{question} {person}: “{answer}”"), question=asked, person=person, answer=clip(question.answer, LONG))
    return prose(_.template("{question} {person} has not answered yet."), question=asked, person=person)


def found(_: Translator, finding: Finding) -> str:
    """Return a finding as text, with the part it is about."""
    text = clip(finding.text, LONG)
    return f"{role(_, finding.part)}: {text}" if finding.part else text


def findings(_: Translator, bid: Bid, closable: list[Finding]) -> list[Block]:
    """Return the open findings, a few of them, those that can be closed with the button that does."""
    return [
        section(
            "\N{BULLET} " + found(_, finding), button(_("Close"), CLOSE_FINDING, f"{bid.id}:{finding.id}") if finding in closable else None
        )
        for finding in open_findings(bid)[:SHOWN]
    ]


def below(_: Translator, bid: Bid, *, concerned: bool) -> list[Block]:
    """Return the open findings, and for those concerned the way to all of the preparation."""
    if bid.state not in PREPARATION:
        return []
    closable = open_findings(bid) if concerned and bid.state in WRITABLE else []
    row = [actions(button(_("Preparation"), PREPARATION_PAGE, str(bid.id)))] if concerned else []
    return [*findings(_, bid, closable), *row]
