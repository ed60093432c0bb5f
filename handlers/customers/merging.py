"""The names of a customer: `/customer alias`, and `/customer merge` for duplicates."""

from bot.language import N_
from bot.policy import customers as policy
from bot.policy.customers import Customer
from bot.policy.people import require
from bot.policy.refusal import Refusal
from bot.views.customers import sheet as views
from bot.words.text import Word as Typed
from bot.words.text import fold, words
from handlers.context import Answer, Turn
from handlers.customers.enquiries import ask_owner
from handlers.customers.finding import called, keep, receipt
from handlers.customers.opinions import post
from handlers.finding import named_customer, near_customers
from handlers.routes import Routes, Word
from storage.store import Shelves

INTO = frozenset(map(fold, ("=", "into", "to", "为", "為", "到", "入", "并入", "併入")))


def register(routes: Routes) -> None:
    """Register the words."""
    routes.command(
        "/customer",
        "list",
        Word("merge", merge, N_("merge DUPLICATE = X"), N_("let a duplicate be the other customer"), ("合并", "合併")),
        Word("alias", alias, N_("alias X = NAME"), N_("let one more name mean the customer"), ("别名", "別名", "简称", "簡稱")),
    )


def halves(typed: list[Typed], usage: str) -> tuple[list[Typed], list[Typed]]:
    """Return the words before and behind the sign between two names."""
    place = next((place for place, word in enumerate(typed) if fold(word.text) in INTO and not word.quoted), 0)
    if not 0 < place < len(typed) - 1:
        raise Refusal(N_("Write it so: {usage}"), usage=usage)
    return typed[:place], typed[place + 1 :]


def alias(turn: Turn, shelves: Shelves) -> Answer:
    """Let one more name mean the customer; a name that is another customer's is not taken."""
    require("customers.change", turn.roles)
    known, name = halves(words(turn.text), "/customer alias ACME = Acme Corporation")
    customer = meant(turn, shelves, known)
    typed = named_customer(" ".join(word.typed for word in name))
    other = shelves.customers.called(fold(typed))
    if other and other.id != customer.id:
        reason = N_("{name} is a customer already. If they are the same: {usage}")
        raise Refusal(reason, name=other.name, usage=f'/customer merge "{other.name}" = "{customer.name}"')
    step = policy.also_called(customer, fold(typed), turn.person.id, turn.now)
    return receipt(turn, shelves, step, views.named_so(turn._, step.record, typed))


def merge(turn: Turn, shelves: Shelves) -> Answer:
    """Merge a duplicate into the customer that is kept: for a manager of the one who entered either, or an administrator."""
    first, second = halves(words(turn.text), "/customer merge ACMEE = ACME")
    duplicate, kept = meant(turn, shelves, first), meant(turn, shelves, second)
    require("customers.merge", turn.roles_for(shelves, kept.entered_by) | turn.roles_for(shelves, duplicate.entered_by))
    taken, gone = policy.merge(kept, duplicate, turn.person.id, turn.now)
    keep(turn, shelves, gone)
    said = receipt(turn, shelves, taken, views.merged(turn._, taken.record, gone.record))
    tell_anew(turn, shelves, kept, taken.record)
    return said


def tell_anew(turn: Turn, shelves: Shelves, before: Customer, after: Customer) -> None:
    """Ask again, under the customer that is kept, what was open with the duplicate."""
    for enquiry in after.enquiries[len(before.enquiries) :]:
        owner = shelves.people.get(enquiry.owner)
        if owner and enquiry.answered_at is None:
            ask_owner(turn, shelves, after, enquiry, owner)
    for opinion in after.opinions[len(before.opinions) :]:
        if opinion.answered_at is None:
            post(turn, shelves, after, opinion)


def meant(turn: Turn, shelves: Shelves, typed: list[Typed]) -> Customer:
    """Return the customer of a name; refuse one that is nobody's, with the names that come near."""
    customer = called(turn, shelves, typed)
    if customer:
        return customer
    name = " ".join(word.typed for word in typed)
    near = near_customers(turn, shelves, name)
    if near:
        raise Refusal(N_("There is no customer called {name}. Did you mean {names}?"), name=name, names=turn._.list(near))
    raise Refusal(N_("There is no customer called {name}."), name=name)
