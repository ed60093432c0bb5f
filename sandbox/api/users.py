"""users.*: the directory."""

from sandbox.api.call import Call
from sandbox.api.method import Method
from sandbox.refusal import JSON, Refused
from sandbox.workspace.people import Person, slackbot


def _described(call: Call, person: Person) -> JSON:
    with_email = "users:read.email" in call.workspace.app.scopes
    return person.described(call.workspace.clock.now(), with_locale=call.flag("include_locale"), with_email=with_email)


def every(call: Call) -> JSON:
    """List everybody by pages, deactivated people and bots too."""
    if not call.has("limit"):
        raise Refused("limit_required", "name a limit and follow the cursor")
    described = [slackbot(call.workspace.clock.now()), *call.workspace.people.values()]
    page, metadata = call.page(described, 100, 1000)
    members = [_described(call, entry) if isinstance(entry, Person) else entry for entry in page]
    return {"members": members, "cache_ts": call.workspace.seconds(), "response_metadata": metadata}


def info(call: Call) -> JSON:
    """Describe one person."""
    if call.text("user") == "USLACKBOT":
        return {"user": slackbot(call.workspace.clock.now())}
    return {"user": _described(call, call.workspace.person(call.text("user")))}


def profile(call: Call) -> JSON:
    """Return somebody's profile."""
    person = call.workspace.person(call.text("user"))
    return {"profile": person.profile(with_email="users:read.email" in call.workspace.app.scopes)}


def by_email(call: Call) -> JSON:
    """Find somebody by their address; deactivated people and strangers are not found."""
    wanted = call.text("email").casefold()
    for person in call.workspace.people.values():
        if person.email.casefold() == wanted and not person.deleted and not person.is_stranger:
            return {"user": _described(call, person)}
    raise Refused("users_not_found")


METHODS = {
    "users.list": Method(every, "tier2", ("users:read",)),
    "users.info": Method(info, "tier4", ("users:read",)),
    "users.profile.get": Method(profile, "tier4", ("users.profile:read",)),
    "users.lookupByEmail": Method(by_email, "tier3", ("users:read.email",)),
}
