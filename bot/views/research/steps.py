"""The buttons of the steps of research: under which id, and with which words."""

from bot.language import N_
from bot.policy.research import Action, Need, Template, Verdict, Way

NEW, NEW_ON, LIST, SHOW = "research.new", "research.new_on", "research.list", "research.show"
FACTS, TEAM, OUTLINE, WRITE, START = "research.facts", "research.team", "research.outline", "research.write", "research.start"
CONTACT, ITEM, REMOVE, ANALYSE = "research.contact", "research.item", "research.remove", "research.analyse"
REVIEW, REVIEWING, CONFIRM = "research.review", "research.reviewing", "research.confirm"
VERSION, CANCEL, UNDO, DOCUMENT, SNOOZE = "research.version", "research.cancel", "research.undo", "research.document", "research.snooze"

BUTTONS = {
    Action.FACTS: (FACTS, N_("Facts from sales")),
    Action.TEAM: (TEAM, N_("Name the team")),
    Action.OUTLINE: (OUTLINE, N_("Questionnaire or outline")),
    Action.START: (START, N_("Begin the conduct")),
    Action.PLAN: (CONTACT, N_("Plan a contact")),
    Action.CONTACT: (CONTACT, N_("Log a contact")),
    Action.ITEM: (ITEM, N_("Add a requirement")),
    Action.ANALYSE: (ANALYSE, N_("Begin the analysis")),
    Action.REVIEW: (REVIEW, N_("Ask for a review")),
    Action.CONFIRM: (CONFIRM, N_("Customer's confirmation")),
    Action.SUPERSEDE: (VERSION, N_("New version")),
    Action.CANCEL: (CANCEL, N_("Cancel the research")),
}
TEMPLATE_NAMES = {Template.QUESTIONNAIRE: N_("questionnaire"), Template.INTERVIEW: N_("interview outline")}
WAY_NAMES = {Way.PHONE: N_("by phone"), Way.MAIL: N_("by mail"), Way.FACE_TO_FACE: N_("face to face")}
NEED_NAMES = {Need.FUNCTION: N_("function"), Need.PERFORMANCE: N_("performance"), Need.DATA: N_("data")}
VERDICT_NAMES = {Verdict.APPROVE: N_("approved"), Verdict.SEND_BACK: N_("sent back")}
