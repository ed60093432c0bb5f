"""App Home and the direct question: what is due, opened and settled in place."""

from tests.office import Office, pressables


def press_home(office: Office, label: str) -> None:
    """Press what bears this label in Ann's App Home."""
    view = office.sandbox.control.home_view(office.ann.id)
    assert view is not None
    block, action, value = next(rest for known, *rest in pressables(view) if known == label)
    office.sandbox.control.press(office.ann.id, view=view["id"], block_id=block, action_id=action, value=value)
    office.settle()


def press_page(office: Office, label: str) -> None:
    """Press what bears this label on the page that is open over App Home."""
    view = office.ann.form()
    block, action, value = next(rest for known, *rest in pressables(view) if known == label)
    office.sandbox.control.press(office.ann.id, view=view["id"], block_id=block, action_id=action, value=value)
    office.settle()


def test_a_bid_is_opened_and_settled_over_app_home(office: Office) -> None:
    office.ann.types("/bid new ACME 1.2m due Fri 5pm")
    office.ann.home()
    press_home(office, "Open")
    assert "ACME" in str(office.ann.form()["blocks"])
    press_page(office, "Submitted")
    assert "recorded as submitted" in str(office.ann.form()["blocks"])
    press_page(office, "Won")
    assert "is won" in str(office.ann.form()["blocks"])


def test_a_form_over_a_page_closes_both_and_is_confirmed_directly(office: Office) -> None:
    office.ann.types("/bid new ACME 1.2m due Fri 5pm")
    office.ann.types("/bid submit ACME")
    office.ann.home()
    press_home(office, "Open")
    press_page(office, "Not won")
    assert office.ann.fills(loss_reason="price") == {}
    assert office.sandbox.control.views(office.ann.id) == []
    assert "ACME is recorded as not won: price." in office.ann.told[-1].words


def test_what_do_i_owe_is_answered_directly(office: Office) -> None:
    office.ann.types("/bid new ACME 1.2m due Fri 5pm")
    office.sandbox.control.say(office.ann.id, office.bot_user, "todo")
    office.settle()
    assert "Due from you" in office.ann.told[-1].words and "ACME (B-1)" in office.ann.told[-1].words
    office.sandbox.control.say(office.ann.id, office.bot_user, "hello")
    office.settle()
    assert "Write todo" in office.ann.told[-1].words


def test_naming_the_bot_in_a_channel_is_answered_directly(office: Office) -> None:
    office.lin.types("/bid new 北京银行 350万 截止 下周五 17:00")
    office.sandbox.control.say(office.lin.id, "C0WINS001", "@Bidwell 我有什么待办？")
    office.settle()
    assert "北京银行" in office.lin.told[-1].words


def test_a_guest_is_told_nothing(office: Office) -> None:
    office.sandbox.control.say(office.gus.id, office.bot_user, "todo")
    office.settle()
    assert office.gus.told == []


def test_a_language_is_chosen_and_kept(office: Office) -> None:
    office.sandbox.control.command(office.ann.id, "C0GENERAL", "/presales settings")
    assert office.ann.fills(language="zh-Hans") == {}
    assert "B-1" in office.ann.types("/bid new ACME 1.2m").words
    assert "ACME is in the books" not in office.ann.sees("C0GENERAL")[-1]
