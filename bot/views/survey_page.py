"""The page on which a customer answers a survey (§2.1.5): one HTML text that needs no script, in their language, on any screen."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from string import Template

from bot.language import N_, Translator
from bot.policy.surveys import COMMENT, NAME, About, Shut, Survey

LANGUAGES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
TITLES: Mapping[About, str] = {
    About.GENERAL: N_("How satisfied are you with our work?"),
    About.DEMO: N_("How satisfied are you with our demo?"),
    About.SOLUTION: N_("How satisfied are you with our solution?"),
    About.OUTCOME: N_("How satisfied are you with our work up to the decision?"),
}
FURTHER: Mapping[str, str] = {
    "understood": N_("Did we understand what you need?"),
    "responsive": N_("Did we answer your questions?"),
    "again": N_("Would you go on working with us?"),
}
CLOSED: Mapping[Shut, tuple[str, str]] = {
    Shut.UNKNOWN: (
        N_("There is no survey at this address"),
        N_("Perhaps the link was cut short on its way. Please copy it whole, or ask whoever sent it for a new one."),
    ),
    Shut.ANSWERED: (N_("This survey has been answered already"), N_("Thank you! Nothing more needs to be done.")),
    Shut.WITHDRAWN: (N_("This survey was taken back"), N_("Nothing needs to be done. If you would like to tell us something, please do!")),
    Shut.EXPIRED: (N_("The time to answer this survey has passed"), N_("If you would still like to answer, please ask us for a new link.")),
}
BUSY = (N_("One moment, please"), N_("That was pressed very often. Please try again in a minute."))
FAILED = (N_("Something went wrong on our side"), N_("Nothing was recorded. Please go back and try again in a few minutes."))
TOO_LARGE = (N_("That was more than we can take"), N_("Please go back and shorten your text."))
THANKS = (N_("Thank you!"), N_("Your answers have arrived. You can close this page."))

STYLE = """
:root { color-scheme: light dark; --ground: #f4f5f7; --card: #fff; --text: #1d2129; --faint: #5b6472; --line: #8a93a1;
  --mark: #1259c3; --on: #fff; --wrong: #b3261e }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171c; --card: #1e232b; --text: #e8ebf0; --faint: #a5aebb; --line: #6c7685;
    --mark: #7db0ff; --on: #10141b; --wrong: #ff9c94 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 3rem }
nav { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: flex-end; font-size: .9rem }
nav > * { padding: .6rem 0; color: var(--faint) }
nav a { color: var(--mark) }
.card { background: var(--card); border-radius: .75rem; padding: 1.25rem; margin-top: .5rem }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 .5rem }
p { margin: 0 0 .5rem }
.faint { color: var(--faint); font-size: .9rem }
.wrong { color: var(--wrong); font-weight: 600 }
fieldset { border: 0; padding: 0; margin: 1.5rem 0 0; min-width: 0 }
legend, label.text { display: block; font-weight: 600; padding: 0; margin-bottom: .5rem }
.marks { display: grid; grid-template-columns: repeat(5, 1fr); gap: .5rem }
.marks label { position: relative; display: block; text-align: center }
.marks input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer }
.marks span { display: block; padding: .6rem 0; border: 1px solid var(--line); border-radius: .5rem; font-size: 1.1rem }
.marks input:checked + span { background: var(--mark); border-color: var(--mark); color: var(--on); font-weight: 700 }
.marks input:focus-visible + span { outline: 3px solid var(--mark); outline-offset: 2px }
.ends { display: flex; justify-content: space-between; gap: 1rem; color: var(--faint); font-size: .85rem; margin-top: .25rem }
textarea, input[type=text], button { width: 100%; font: inherit; border-radius: .5rem }
textarea, input[type=text] { padding: .6rem; color: inherit; background: transparent; border: 1px solid var(--line) }
.field { margin-top: 1.5rem }
button { margin-top: 1.5rem; padding: .8rem; font-weight: 700; color: var(--on); background: var(--mark); border: 0; cursor: pointer }
"""
STYLE_HASH = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

PAGE = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>$title</title>
<style>$style</style>
</head>
<body><main>
<nav>$languages</nav>
<div class="card">
<h1>$title</h1>
$content
</div>
</main></body>
</html>
""")
FORM = Template("""$lead$wrong
<form method="post" action="?lang=$language">
$questions
<div class="field"><label class="text" for="comment">$comment_label</label>
<textarea id="comment" name="comment" rows="4" maxlength="$comment_limit">$comment</textarea></div>
<div class="field"><label class="text" for="respondent">$name_label</label>
<input type="text" id="respondent" name="respondent" maxlength="$name_limit" autocomplete="name" value="$respondent"></div>
<button>$send</button>
</form>
""")
QUESTION = Template("""<fieldset><legend>$question</legend>
<div class="marks">$marks</div>
<div class="ends"><span>$lowest</span><span>$highest</span></div></fieldset>
""")
MARK = Template('<label><input type="radio" name="$name" value="$mark"$more><span>$mark</span></label>')


def form(_: Translator, survey: Survey, company: str, zone: str, entered: Mapping[str, str], wrong: str = "") -> str:
    """Return the page with the questions; what was entered is kept, and `wrong` says what to mend in it."""
    questions = [question(_, "score", _("Overall, how satisfied are you?"), entered, needed=True)]
    questions += [question(_, name, _(words), entered) for name, words in FURTHER.items()]
    content = FORM.substitute(
        lead=lead(_, survey, company, zone),
        wrong=f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else "",
        language=_.language,
        questions="".join(questions),
        comment_label=escape(_("What should we keep, and what should we do better? (optional)")),
        comment_limit=COMMENT,
        comment=escape(entered.get("comment", "")),
        name_label=escape(_("Your name (optional)")),
        name_limit=NAME,
        respondent=escape(entered.get("respondent", "")),
        send=escape(_("Send")),
    )
    return page(_, _(TITLES[survey.about]), content)


def lead(_: Translator, survey: Survey, company: str, zone: str) -> str:
    """Return who asks whom about what, and until when."""
    until = _("Please answer by {when}.", when=_.moment(survey.expires, zone)) if survey.expires else ""
    said = _(
        "{company} asks {customer} for an opinion. It takes a minute; only the first question needs an answer.",
        company=company,
        customer=survey.customer_name,
    )
    facts = " · ".join(filter(None, (survey.ref, until)))
    return f'<p>{escape(said)}</p>\n<p class="faint">{escape(facts)}</p>'


def question(_: Translator, name: str, words: str, entered: Mapping[str, str], *, needed: bool = False) -> str:
    """Return one question with its five marks."""
    required = " required" if needed else ""
    chosen = {mark: " checked" if entered.get(name) == str(mark) else "" for mark in range(1, 6)}
    marks = [MARK.substitute(name=name, mark=mark, more=required + more) for mark, more in chosen.items()]
    return QUESTION.substitute(question=escape(words), marks="".join(marks), lowest=escape(_("not at all")), highest=escape(_("very much")))


def notice(_: Translator, words: tuple[str, str]) -> str:
    """Return a page that only says something."""
    title, text = words
    return page(_, _(title), f"<p>{escape(_(text))}</p>")


def page(_: Translator, title: str, content: str) -> str:
    """Return a whole page, its title yet to be escaped and its content HTML, with the way to the other languages."""
    ways = [way(code, name, here=code == _.language) for code, name in LANGUAGES.items()]
    return PAGE.substitute(language=_.language, title=escape(title), style=STYLE, languages="".join(ways), content=content)


def way(code: str, name: str, *, here: bool) -> str:
    """Return the name of a language, and the way to it from elsewhere."""
    return f'<span aria-current="true" lang="{code}">{name}</span>' if here else f'<a href="?lang={code}" lang="{code}">{name}</a>'
