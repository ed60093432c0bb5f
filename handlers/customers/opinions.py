"""What customers think of products and services (§2.1.5): `/customer opinion` and `/customer opinions`, their buttons and forms."""

from pydantic import Field

from bot.language import N_, translator
from bot.policy import customers as policy
from bot.policy.customers import Customer, Opinion, Weight
from bot.policy.opportunities import LIVE, Opportunity, value_of
from bot.policy.people import require
from bot.views.customers import opinions as views
from bot.views.customers.sheet import OPINION
from bot.words.numbers import is_number
from bot.words.text import Word as Typed
from bot.words.text import clean, fold
from handlers.context import Answer, Open, Say, Turn
from handlers.customers.finding import by_value, enter, find_customer, number_behind, receipt, typed_in
from handlers.finding import known
from handlers.forms import Form
from handlers.routes import Routes, Word
from storage.deals import behind, deals_with
from storage.store import Shelves

WEIGHTS = {
    Weight.DEAL_BREAKER: ("deal_breaker", "deal-breaker", "breaker", "致命", "硬伤", "硬傷"),
    Weight.CHALLENGE: ("challenge", "挑战", "挑戰", "障碍", "障礙"),
    Weight.NICE_TO_HAVE: ("nice_to_have", "nice-to-have", "nice", "锦上添花", "錦上添花"),
}


def register(routes: Routes) -> None:
    """Register the words, buttons and forms of opinions."""
    words = ("意见", "意見", "建议", "建議")
    listed = ("意见列表", "意見列表", "意见清单", "意見清單")
    routes.command(
        "/customer",
        "list",
        Word("opinion", opinion, N_("opinion X [breaker|challenge|nice] PRODUCT TEXT"), N_("note what they think of a product"), words),
        Word("opinions", opinions, N_("opinions"), N_("see the opinions that wait for an answer, by product"), listed, reads=True),
    )
    routes.button(OPINION, opinion_pressed)
    routes.button(views.REPLY, reply_pressed)
    routes.form(OPINION, Thought, entered)
    routes.form(views.REPLY, Replied, replied)


class Thought(Form):
    """An opinion to be noted."""

    customer: str = Field(min_length=1, max_length=200)
    product: str = Field(min_length=1, max_length=100)
    weight: Weight = Weight.CHALLENGE
    text: str = Field(min_length=1, max_length=2000)


class Replied(Form):
    """What becomes of an opinion."""

    answer: str = Field(min_length=1, max_length=2000)


def opinion(turn: Turn, shelves: Shelves) -> Answer:
    """Note an opinion as typed, or open the form with what was."""
    require("customers.change", turn.roles)
    if not turn.text.strip():
        return Open(views.form(turn._, ""))
    found = find_customer(turn, shelves, "customers.change", OPINION)
    return note_typed(turn, shelves, found.customer, found.rest)


def note_typed(turn: Turn, shelves: Shelves, customer: Customer, typed: list[Typed]) -> Answer:
    """Note an opinion of a customer as typed, or open the form with what was."""
    weight, rest = weighed(typed)
    product, text = (rest[0].typed if rest else ""), " ".join(word.typed for word in rest[1:])
    if weight is None or not clean(text):
        said = " ".join(word.typed for word in rest)
        return Open(views.form(turn._, customer.name, text=said, weight=weight or Weight.CHALLENGE))
    form = Thought(customer=customer.name, product=product[:100], weight=weight, text=text[:2000])
    return note(turn, shelves, customer, form)


def weighed(typed: list[Typed]) -> tuple[Weight | None, list[Typed]]:
    """Return how much an opinion weighs, if that was typed first, and the words behind."""
    said = fold(typed[0].text) if typed else ""
    weight = next((weight for weight, spelled in WEIGHTS.items() if said in map(fold, spelled)), None)
    return weight, typed[1:] if weight else typed


def opinion_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Open the form of an opinion of this button's customer, unless one was typed before."""
    return note_typed(turn, shelves, by_value(turn, shelves, turn.value), typed_in(turn))


def entered(turn: Turn, shelves: Shelves, form: Thought) -> Answer:
    """Note the opinion of the form."""
    return note(turn, shelves, enter(turn, shelves, form.customer), form)


def note(turn: Turn, shelves: Shelves, customer: Customer, form: Thought) -> Answer:
    """Note an opinion, and take it to the product channel."""
    thought = Opinion(id=0, text=clean(form.text), product=clean(form.product), weight=form.weight, reported_by=turn.person.id, at=turn.now)
    step = policy.opine(customer, thought, turn.now)
    noted = step.record.opinions[-1]
    said = receipt(turn, shelves, step, views.noted(turn._, noted, turn.handbook.channels.product))
    post(turn, shelves, step.record, noted)
    return said


def post(turn: Turn, shelves: Shelves, customer: Customer, noted: Opinion) -> None:
    """Tell the product channel of an opinion, if the handbook names one."""
    channel = turn.handbook.channels.product
    if channel:
        message = views.posted(translator(turn.handbook.company.language), customer, noted, behind(shelves, customer, turn.handbook))
        shelves.outbox.say(f"{views.POSTED}:{customer.id}:{noted.id}:{turn.request}", channel, message, subject=customer.subject)


def reply_pressed(turn: Turn, shelves: Shelves) -> Answer:
    """Ask what becomes of this button's opinion."""
    customer = thinker(turn, shelves, turn.value)
    secret = behind(shelves, customer, turn.handbook).secret
    return Open(views.reply_form(turn._, customer, policy.opinion_of(customer, number_behind(turn.value)), secret))


def replied(turn: Turn, shelves: Shelves, form: Replied) -> Answer:
    """Keep what becomes of an opinion, and tell the one who reported it."""
    customer, number = thinker(turn, shelves, turn.metadata), number_behind(turn.metadata)
    step = policy.reply(customer, number, clean(form.answer), turn.person.id, turn.now)
    done = policy.opinion_of(step.record, number)
    said = receipt(turn, shelves, step, views.reply_noted(turn._, done))
    reporter = shelves.people.get(done.reported_by)
    if reporter and reporter.id != turn.person.id:
        message = views.replied(translator(reporter.speaks), step.record, done)
        shelves.outbox.say(f"{views.REPLIED}:{customer.id}:{number}:{reporter.id}", reporter.id, message, subject=customer.subject)
    return said


def thinker(turn: Turn, shelves: Shelves, value: str) -> Customer:
    """Return the customer whose opinion a button means; whoever is in the product channel may answer without knowing who it is."""
    require("customers.reply", turn.roles)
    number = value.partition(":")[0]
    customer = shelves.customers.get(int(number), lock=True) if is_number(number) else None
    return customer or by_value(turn, shelves, value)


def opinions(turn: Turn, shelves: Shelves) -> Answer:
    """List the opinions that wait for an answer by product, those with the most at stake first."""
    require("customers.see", turn.roles)
    grouped: dict[str, list[views.Row]] = {}
    for customer in shelves.customers.with_opinions():
        secret = behind(shelves, customer, turn.handbook).secret
        for thought in customer.opinions:
            if thought.answered_at is None:
                grouped.setdefault(fold(thought.product), []).append(views.Row(customer, thought, secret))
    products = [product_of(turn, shelves, rows) for rows in grouped.values()]
    return Say(views.listing(turn._, sorted(products, key=lambda product: product.value.amount, reverse=True)))


def product_of(turn: Turn, shelves: Shelves, rows: list[views.Row]) -> views.Product:
    """Return the opinions of one product, the gravest first, with the value of the deals behind them, each counted once."""
    order = list(Weight)
    customers = {row.customer.id: row.customer for row in rows}
    deals: list[Opportunity] = [deal for customer in customers.values() for deal in deals_with(shelves, customer, LIVE)]
    shown = [deal for deal in deals if known(turn, shelves, deal)]
    graver = sorted(rows, key=lambda row: order.index(row.opinion.weight))
    return views.Product(rows[0].opinion.product, graver, value_of(shown, turn.handbook.company))
