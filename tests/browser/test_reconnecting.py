"""A line that breaks: nothing is lost, nothing comes twice, and the page says what is true."""

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

BANNER = "#connection"
A_WHILE_MS = 15_000


def test_a_message_written_offline_goes_out_once(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    owner.say("before the tunnel")
    owner.context.set_offline(True)
    expect(owner.page.locator(BANNER)).to_be_visible()
    owner.page.fill("#text", "from the tunnel")
    owner.page.press("#text", "Enter")
    expect(owner.page.locator("#outgoing .sending")).to_contain_text("from the tunnel")
    expect(owner.page.locator("#outgoing .sending")).to_contain_class("follow")
    owner.context.set_offline(False)
    expect(member.row("from the tunnel")).to_have_count(1, timeout=A_WHILE_MS)
    expect(owner.row("from the tunnel")).to_have_count(1)
    expect(owner.page.locator("#outgoing > *")).to_have_count(0)
    expect(owner.page.locator(BANNER)).to_be_hidden()


def test_what_cannot_be_done_offline_says_so_in_words(both_inside: str, owner: Visitor) -> None:
    row = owner.say("like me")
    owner.context.set_offline(True)
    expect(owner.page.locator(BANNER)).to_be_visible()
    owner.act(row, "react")
    owner.page.locator("#emojis [data-emoji]").first.click()
    expect(owner.page.locator("#toast")).to_contain_text("the connection is down")
    owner.context.set_offline(False)
    expect(owner.page.locator(BANNER)).to_be_hidden(timeout=A_WHILE_MS)


def test_an_unsent_message_survives_a_closed_tab(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    owner.context.set_offline(True)
    expect(owner.page.locator(BANNER)).to_be_visible()
    owner.page.fill("#text", "kept for later")
    owner.page.press("#text", "Enter")
    owner.page.close()
    owner.context.set_offline(False)
    owner.page = owner.tab()
    owner.enter(both_inside)
    expect(member.row("kept for later")).to_have_count(1, timeout=A_WHILE_MS)
    expect(owner.row("kept for later")).to_have_count(1)


def test_what_was_said_meanwhile_is_filled_in(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    owner.say("before")
    member.hears("before")
    member.context.set_offline(True)
    expect(member.page.locator(BANNER)).to_be_visible()
    for number in range(5):
        owner.say(f"missed {number}")
    member.context.set_offline(False)
    expect(member.row("missed")).to_have_count(5, timeout=A_WHILE_MS)
    texts = member.row("missed").locator(".prose").all_inner_texts()
    assert texts == [f"missed {number}" for number in range(5)]


def test_a_lost_acknowledgement_is_settled_by_the_same_client_id(
    room: str, owner: Visitor, member: Visitor
) -> None:
    def lose_first_acknowledgement(socket: object) -> None:
        def pass_on(frame: str) -> None:
            if '"type":"ack"' in frame and '"message"' in frame and not lost:
                lost.append(frame)
                socket.close()  # type: ignore[attr-defined]
            elif '"type":"message.created"' not in frame or lost:
                socket.send(frame)  # type: ignore[attr-defined]

        server = socket.connect_to_server()  # type: ignore[attr-defined]
        server.on_message(pass_on)

    lost: list[str] = []
    owner.page.route_web_socket("**/ws/", lose_first_acknowledgement)
    owner.enter(room)
    member.enter(room)
    owner.page.fill("#text", "say it once")
    owner.page.press("#text", "Enter")
    expect(owner.row("say it once")).to_have_count(1, timeout=A_WHILE_MS)
    expect(owner.page.locator("#outgoing > *")).to_have_count(0, timeout=A_WHILE_MS)
    expect(member.row("say it once")).to_have_count(1)
    assert lost


def test_a_page_at_an_address_that_is_not_allowed_names_the_one_that_is(
    room: str, owner: Visitor
) -> None:
    elsewhere = owner.base_url.replace("127.0.0.1", "localhost")
    (session,) = (one for one in owner.context.cookies() if one["name"] == "sessionid")
    owner.context.add_cookies(
        [{"name": session["name"], "value": session["value"], "url": elsewhere}]
    )
    owner.page.goto(f"{elsewhere}/rooms/{room}/")
    expect(owner.page.locator(BANNER)).to_contain_text(f"Open {owner.base_url}")
