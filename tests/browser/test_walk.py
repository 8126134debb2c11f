"""The whole walk in a real browser on the bundled sample person: archives in, a declaration out, HR's register reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import Server, opener, until

from auditlib import declaration, walk
from auditlib.workspace import QueueFilter, Workspace

Opener = Callable[..., Any]
TITLES = {
    "1-archives": "Look back over what you have posted",
    "2-posts": "Posts worth another look",
    "3-settings": "Who can see you",
    "4-connections": "People you are linked to",
    "5-declaration": "Your declaration",
    "hr/2-register": "Register of declarations",
}
NAME = "Marnie Oakhanger"


@pytest.fixture(scope="module")
def walked(start_server: Opener, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server on an empty data folder, which the tests of this file fill in order."""
    server: Server = start_server(tmp_path_factory.mktemp("walk") / "home")
    return server


def test_step_1_reads_the_sample_person_with_live_progress(walked: Server, new_page: Opener) -> None:
    page = opener(walked, new_page, "voila/render")("1-archives")
    page.get_by_text("What the policy says").click()
    page.get_by_text("Privacy notice (one page)").click()
    page.get_by_role("heading", name="What the school never receives").wait_for()
    page.get_by_label("Name of the school").fill("Invented Primary School")
    page.get_by_role("button", name="Use this name").click()
    page.get_by_text("This walk-through is for: Invented Primary School.").wait_for()
    page.get_by_role("button", name="Try with the sample person").click()
    page.get_by_role("button", name="Stop", exact=True).wait_for()
    page.get_by_role("heading", name="What was read").wait_for()
    cards = page.locator(".sa-panel h3").all_inner_texts()
    for account in (
        "X (Twitter): marnie_oakhanger",
        f"Facebook: {NAME}",
        "Instagram: marnie.oakhanger",
        "Threads: marnie.oakhanger",
        "TikTok: marnie.toasts",
        f"WhatsApp: {NAME}",
        "Bluesky: did:plc:marnietoastmarnietoast22",
    ):
        assert account in cards
    page.get_by_role("img", name=re.compile("by year")).wait_for()
    page.get_by_label("Pinterest", exact=True).select_option("I have an account, not looked at yet")
    page.get_by_label("Why Pinterest was not looked at").select_option("archive not arrived")
    page.get_by_label("Strava", exact=True).select_option("I have no account")
    page.get_by_role("link", name="Continue to 2: posts").click()
    page.get_by_role("heading", name=TITLES["2-posts"], level=1).wait_for()
    with Workspace.open(walked.home) as ws:
        assert ws.get("platforms") == {
            "pinterest": {"route": "not-audited", "reason": "archive-not-arrived"},
            "strava": {"route": "not-held", "reason": ""},
        }
        assert {view.platform for view in ws.accounts()} == {
            "x", "facebook", "instagram", "threads", "tiktok", "snapchat", "linkedin", "youtube", "google-maps", "reddit",
            "whatsapp", "telegram", "discord", "mastodon", "bluesky", "wordpress",
        }  # fmt: skip


def test_a_picked_zip_is_recognised_and_can_be_read(walked: Server, new_page: Opener) -> None:
    page = opener(walked, new_page, "voila/render")("1-archives")
    page.get_by_label("Or paste where the download is").fill(str(walk.SAMPLE))
    page.get_by_role("button", name="Find it").click()
    zipped = next(path for path in walk.sample_paths() if path.name.startswith("twitter"))
    page.get_by_label(zipped.name).check()
    page.locator(".sa-files li").filter(has_text=zipped.name).get_by_text("X (Twitter)").wait_for()
    page.get_by_role("button", name="Read what I ticked (1)").click()
    page.get_by_role("button", name="Stop", exact=True).wait_for(state="hidden")
    assert page.locator(".sa-banner").count() == 0


def test_a_chat_that_does_not_say_who_you_are_asks_and_is_read_again(
    start_server: Opener, new_page: Opener, tmp_path: Path
) -> None:
    chat = tmp_path / "WhatsApp Chat with Sam Wick.txt"
    lines = [("Jo Penrose", "hello"), ("Sam Wick", "<b>hi</b>"), ("Jo Penrose", "see you on the day")]
    said = "".join(f"03/09/2021, 07:1{n} - {who}: {text}\n" for n, (who, text) in enumerate(lines))
    chat.write_text(said, encoding="utf-8")
    server = start_server(tmp_path / "home")
    page = opener(server, new_page, "voila/render")("1-archives")
    page.get_by_label("Or paste where the download is").fill(str(chat))
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("button", name="Read what I ticked (1)").click()
    card = page.locator(".sa-panel").filter(has=page.get_by_role("heading", name=re.compile("WhatsApp")))
    card.get_by_role("combobox").first.select_option("Jo Penrose")
    card.get_by_role("button", name="Use this answer and read again").first.click()
    page.get_by_role("heading", name="WhatsApp: Jo Penrose").wait_for()
    card.get_by_role("combobox").select_option("month-first")
    card.get_by_role("button", name="Use this answer and read again").click()
    page.get_by_text("9 March 2021 to 9 March 2021").wait_for()
    assert card.get_by_role("combobox").count() == 0
    page.screenshot(path=str(tmp_path / "asked.png"), full_page=True)
    with Workspace.open(server.home) as ws:
        assert [item.author for item in ws.items()] == ["me", "other", "me"]


def test_a_place_that_is_not_there_is_said_beside_its_box(walked: Server, new_page: Opener) -> None:
    page = opener(walked, new_page, "voila/render")("1-archives")
    box = page.get_by_label("Or paste where the download is")
    box.fill("/no/such/place.zip")
    box.press("Enter")
    page.get_by_text("There is nothing at that place.").wait_for()
    assert box.get_attribute("aria-invalid") == "true"


def test_step_2_decides_with_keys_and_buttons_and_makes_a_to_do_list(walked: Server, new_page: Opener) -> None:
    page = opener(walked, new_page, "voila/render")("2-posts")
    page.locator(".sa-card h3").wait_for()
    with Workspace.open(walked.home) as ws:
        total = ws.queue().total
        cards = ws.page(QueueFilter(), 0, total)
    assert page.locator(".sa-count").inner_text() == f"0 of {total} decided"
    assert page.locator(".sa-card mark").count() > 0

    # a safeguarding card says so and offers neither Remove nor Limit
    place = next(n for n, card in enumerate(cards) if card.refer)
    page.locator(".sa-list").focus()
    for _ in range(place):
        page.keyboard.press("ArrowDown")
    page.get_by_text("Please do not delete, forward or copy this.").wait_for()
    assert page.get_by_role("button", name=re.compile("^Remove")).is_disabled()
    page.keyboard.press("r")
    page.get_by_text("This one stays as it is").wait_for()
    page.get_by_role("button", name=re.compile("^Talk to someone")).click()
    page.get_by_text(f"1 of {total} decided").wait_for()

    page.keyboard.press("Home")
    plain = [card.key for card in cards if not card.refer]
    page.get_by_text("Search and filter").click()
    page.get_by_label("How strong").select_option(index=2)
    page.get_by_text(re.compile(r"^\d+ posts in this list\.$")).wait_for()
    page.locator(".sa-list").focus()
    page.keyboard.press("r")
    page.keyboard.press("k")
    page.keyboard.press("l")
    page.get_by_text(f"4 of {total} decided").wait_for()
    page.locator(".sa-todo-rows li").nth(1).wait_for()
    page.locator(".sa-todo-rows input").first.check()
    page.get_by_text("1 of 2 still to do").or_(page.get_by_text("0 of 1 still to do")).first.wait_for()
    with Workspace.open(walked.home) as ws:
        counts = ws.counts()
        chosen = [row.key for row in ws.todo()]
    assert (counts["decided"], counts["remove"], counts["keep"], counts["limit"], counts["discuss"]) == (4, 1, 1, 1, 1)
    assert set(chosen) <= set(plain)


def test_step_3_answers_are_counted_and_kept(walked: Server, new_page: Opener) -> None:
    page = opener(walked, new_page, "voila/render")("3-settings")
    page.locator(".sa-group").first.wait_for()
    groups = page.locator(".sa-group-name").all_inner_texts()
    assert {"X (Twitter)", "Facebook", "Instagram", "Threads", "TikTok", "WhatsApp", "Bluesky"} <= set(groups)
    first = page.locator(".sa-group").first
    first.get_by_text("It was already so").first.click()
    first.locator(".sa-group-count").filter(has_text="1 of").wait_for()
    page.get_by_text("Everything is saved on this computer").wait_for()
    page.reload()
    page.locator(".sa-group-count").filter(has_text="1 of").first.wait_for()


def test_step_4_marks_people_and_takes_a_bulk_mark_back(walked: Server, new_page: Opener) -> None:
    page = opener(walked, new_page, "voila/render")("4-connections")
    page.locator(".sa-card h3").wait_for()
    page.locator(".sa-list").focus()
    page.keyboard.press("p")
    page.get_by_text("The policy asks staff to have no pupils").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    page.locator(".sa-count").filter(has_text="2 of").wait_for()
    page.get_by_role("button", name=re.compile("Mark the other")).click()
    page.get_by_text("Everyone in this list is marked").wait_for()
    page.get_by_role("button", name=re.compile("Undo the last")).click()
    page.locator(".sa-count").filter(has_text="2 of").wait_for()
    page.get_by_role("button", name=re.compile("Mark the other")).click()
    page.get_by_text("I have nothing to raise").click()
    page.get_by_label("I have gone through my connections").check()
    page.get_by_role("link", name="Continue to 5: declaration").click()
    page.get_by_role("heading", name=TITLES["5-declaration"], level=1).wait_for()
    with Workspace.open(walked.home) as ws:
        assert ws.get("connections") == {"check": "done", "wish": "nothing-to-raise"}
        people = ws.people()
        assert people.total == people.marked > 10
        marks = [row.mark for row in ws.people_page(0, people.total)]
    assert (marks.count("pupil"), marks.count("colleague"), marks.count("none")) == (1, 1, people.total - 2)


def test_step_5_lists_what_is_missing_then_signs_what_it_showed(walked: Server, new_page: Opener) -> None:
    page = opener(walked, new_page, "voila/render")("5-declaration")
    page.get_by_role("button", name="Sign the declaration").click()
    page.get_by_text("Before you can sign, please complete:").wait_for()
    assert page.get_by_label("Full name, as on your contract").get_attribute("aria-invalid") == "true"
    page.get_by_label("Full name, as on your contract").fill(NAME)
    page.get_by_label("Job role").fill("Teaching assistant")
    page.get_by_label("Start date").fill("2027-01-04")
    page.get_by_label("Staff group").select_option("Support staff")
    statements = page.locator(".sa-statements > li")
    for n in range(statements.count()):
        statements.nth(n).get_by_text("Yes", exact=True).click()
    statements.nth(3).get_by_text("I want to discuss this").click()
    page.locator(".sa-document").get_by_text("Self-audit declaration", exact=False).first.wait_for()
    shown = page.locator(".sa-document").inner_text()
    page.get_by_label("Type your full name").fill(NAME)
    page.get_by_text("Draw a signature as well").click()
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 30, steps=6)
    page.mouse.move(box["x"] + 240, box["y"] + 90, steps=6)
    page.mouse.up()
    page.get_by_label("I mean my typed name").check()
    page.get_by_role("button", name="Sign the declaration").click()
    page.get_by_role("heading", name="Signed", exact=True).wait_for()

    [written] = walked.exports.glob("*.docx")
    assert page.get_by_text(written.name).is_visible()
    verdict = declaration.verify(written)
    assert (verdict.verdict, verdict.payload is not None) == ("valid", True)
    assert verdict.payload is not None
    assert verdict.payload.school.name == "Invented Primary School"
    assert verdict.payload.signature.drawing_sha256
    for block in declaration.preview(verdict.payload):
        if block.kind in ("title", "heading", "bullet"):
            assert block.text in shown, block.text
    for statement in verdict.payload.statements:
        assert statement.wording in shown


def test_hr_collects_the_declaration_and_saves_the_register(walked: Server, new_page: Opener) -> None:
    (walked.exports / "letter.docx").write_bytes(b"not a declaration")
    page = opener(walked, new_page, "voila/render")("hr/2-register")
    page.get_by_label("Received by").fill("AB")
    page.get_by_label("Or paste where the folder is").fill(str(walked.exports))
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("button", name="Use this folder: exports").click()
    page.get_by_role("heading", name="Could not be verified, and what to do").wait_for()
    row = page.get_by_role("row").filter(has_text="Oakhanger, Marnie")
    row.get_by_text("partial").wait_for()
    assert page.locator(".sa-unsure").get_by_text("letter.docx").is_visible()
    page.get_by_role("button", name="Save as a spreadsheet (.xlsx)").click()
    page.get_by_text("register.xlsx").wait_for()
    page.get_by_role("button", name="Save as .csv").click()
    page.get_by_text("register.csv").wait_for()
    assert {path.name for path in walked.exports.glob("register.*")} == {"register.xlsx", "register.csv"}


def test_after_the_school_has_changed_the_posts_are_looked_through_again(walked: Server, new_page: Opener) -> None:
    with Workspace.open(walked.home) as ws:
        before = ws.counts()["decided"]
        ws.put("school_name", "Another Invented School")
    page = opener(walked, new_page, "voila/render")("2-posts")
    page.get_by_text("Everything was looked through again").wait_for()
    page.locator(".sa-count").filter(has_text=f"{before} of").wait_for()


@pytest.mark.parametrize("name", list(TITLES))
def test_each_notebook_works_in_jupyterlab_too(name: str, walked: Server, new_page: Opener) -> None:
    page = opener(walked, new_page, "doc/tree")(name)
    page.get_by_role("heading", name=TITLES[name], level=1).wait_for()
    if name == "2-posts":
        page.locator(".sa-card h3").wait_for()
        before = page.locator(".sa-count").inner_text()
        page.locator(".sa-list").focus()
        page.keyboard.press("n")
        until(page, "(before) => document.querySelector('.sa-count').textContent !== before", before)
    assert page.locator(".sa-banner").count() == 0


def test_the_walk_ends_by_offering_to_erase_what_was_kept(walked: Server, new_page: Opener) -> None:
    page = opener(walked, new_page, "voila/render")("5-declaration")
    page.get_by_label("Type your full name").fill(NAME)
    page.get_by_label("I mean my typed name").check()
    page.get_by_role("button", name="Sign the declaration").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Erase my work from this computer").click()
    page.get_by_role("heading", name="Your work is erased").wait_for()
    assert not (walked.home / "workspace.sqlite").exists()
    page.goto(f"{walked.base}/voila/render/2-posts.ipynb")
    page.get_by_text("No downloads have been read yet.").wait_for()


def test_someone_without_social_media_signs_in_a_few_steps(start_server: Opener, new_page: Opener, tmp_path: Path) -> None:
    server: Server = start_server(tmp_path / "home")
    page = opener(server, new_page, "voila/render")("1-archives")
    page.get_by_label("I have no social media accounts at all").check()
    page.get_by_role("link", name="Go straight to the declaration").click()
    page.get_by_text("You have said that you have no social media accounts.").wait_for()
    page.get_by_label("Full name, as on your contract").fill(NAME)
    page.get_by_label("Job role").fill("Caretaker")
    page.get_by_label("Start date").fill("2027-01-04")
    page.get_by_label("Staff group").select_option("Support staff")
    page.get_by_label("Have you gone through your connections").select_option("Not applicable")
    page.get_by_label("Is there someone you want to talk").select_option("I have nothing to raise")
    statements = page.locator(".sa-statements > li")
    for n in range(statements.count()):
        statements.nth(n).get_by_text("Yes", exact=True).click()
    page.get_by_label("Type your full name").fill(NAME)
    page.get_by_label("I mean my typed name").check()
    page.get_by_role("button", name="Sign the declaration").click()
    page.get_by_role("heading", name="Signed", exact=True).wait_for()
    [written] = server.exports.glob("*.docx")
    verdict = declaration.verify(written)
    assert verdict.payload is not None and verdict.payload.scope.no_accounts
    assert declaration.outcome(verdict.payload) == "complete"
