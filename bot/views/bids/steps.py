"""The buttons of a bid's steps: which the sheet offers, under which id and with which words."""

from bot.language import N_
from bot.policy.bids import Action

ASSESS, GO, NO_GO, REOPEN = "bids.assess", "bids.go", "bids.nogo", "bids.reopen"
TEAM, REVIEW = "bids.team", "bids.review"
SUBMIT, DEFENCE, WON, LOST = "bids.submit", "bids.defence", "bids.won", "bids.lost"
FILL_GAP, UNDO = "bids.fill_gap", "bids.undo"

# In the order in which the sheet offers them; a step without words here is taken by a form of its own.
BUTTONS = {
    Action.SUBMIT: (SUBMIT, N_("Submitted")),
    Action.WIN: (WON, N_("Won")),
    Action.LOSE: (LOST, N_("Not won")),
}
