"""The buttons of a bid's steps: which the sheet offers, under which id and with which words."""

from bot.language import N_
from bot.policy.bids import Action

ASSESS, GO, CONDITION, NO_GO, REOPEN = "bids.assess", "bids.go", "bids.condition", "bids.nogo", "bids.reopen"
SHARES = "bids.shares"
TEAM, REVIEW = "bids.team", "bids.review"
SUBMIT, PROOF, DEFENCE, REHEARSE, DEFEND = "bids.submit", "bids.proof", "bids.defence", "bids.rehearse", "bids.defend"
AWAIT, WON, LOST, DISQUALIFIED = "bids.await", "bids.won", "bids.lost", "bids.disqualified"
CANCELLED, WITHDRAW, DEBRIEF, CORRECT = "bids.cancelled", "bids.withdraw", "bids.debrief", "bids.correct"
FILL_GAP, UNDO = "bids.fill_gap", "bids.undo"

# In the order in which the sheet offers them; a step without words here is taken by a form of its own.
BUTTONS = {
    Action.ASSESS: (ASSESS, N_("Assess")),
    Action.GO: (GO, N_("Go")),
    Action.CONDITION: (CONDITION, N_("On conditions")),
    Action.NO_GO: (NO_GO, N_("No-go")),
    Action.REOPEN: (REOPEN, N_("Take it up again")),
    Action.PREPARE: (TEAM, N_("Name the team")),
    Action.REVIEW: (REVIEW, N_("Ask for a review")),
    Action.SUBMIT: (SUBMIT, N_("Submitted")),
    Action.DEFEND: (DEFEND, N_("Defence held")),
    Action.WIN: (WON, N_("Won")),
    Action.LOSE: (LOST, N_("Not won")),
    Action.SCHEDULE_DEFENCE: (DEFENCE, N_("Plan the defence")),
    Action.REHEARSE: (REHEARSE, N_("Rehearsal")),
    Action.PROVE: (PROOF, N_("Add proof")),
    Action.AWAIT: (AWAIT, N_("Awaiting the result")),
    Action.DISQUALIFY: (DISQUALIFIED, N_("Rejected as invalid")),
    Action.CANCEL: (CANCELLED, N_("Tender cancelled")),
    Action.WITHDRAW: (WITHDRAW, N_("Withdraw")),
    Action.DEBRIEF: (DEBRIEF, N_("Debrief")),
    Action.CORRECT: (CORRECT, N_("Correct")),
}
