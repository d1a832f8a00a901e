"""A report half written stays on the device: words and place, a day at most, gone when sent.

The scripts run in Node against a page made of the few parts they touch; all scenes in one go.
"""

import json
import shutil
import subprocess

import pytest

from tests.web.test_front_end import STATIC, TEMPLATES
from tools.assets import node_environment

pytestmark = pytest.mark.once
STAGE = r"""
const fs = require("fs"), vm = require("vm"), [, draftJs, pageJs] = process.argv;
const DAY = 24 * 3600 * 1000, KEY = "hequan.draft.report";
function part(more) {
  const heard = {};
  return Object.assign({
    heard, hidden: true, textContent: "", value: "",
    addEventListener(name, act) { (heard[name] = heard[name] || []).push(act); },
    fire(name, event) { (heard[name] || []).forEach((act) => act(event || {target: this})); },
    dispatchEvent() {}, focus() {}, hasAttribute: () => false, querySelectorAll: () => [],
  }, more);
}
function visit(kept, now, entered, script, sentKind) {
  const names = ["words", "matter", "committee", "place_words", "form_key", "contact_name",
    "contact_phone", "here"];
  const elements = Object.fromEntries(names.map((name) => [name, part()]));
  elements.form_key.value = "fresh-key";
  Object.entries(entered || {}).forEach(([name, value]) => { elements[name].value = value; });
  const form = part({elements, getAttribute: () => "report"});
  const parts = Object.fromEntries(
    ["at", "take", "drop"].map((name) => [`[data-draft-${name}]`, part()]));
  const box = part({querySelector: (name) => parts[name]});
  const sent = sentKind && {getAttribute: () => sentKind};
  const document = part({
    querySelector: (name) => name === "form[data-draft]" ? (sent ? null : form) : sent || null,
    getElementById: () => box,
  });
  const store = Object.create({
    getItem(name) { return name in this ? this[name] : null; },
    setItem(name, value) { this[name] = value; },
    removeItem(name) { delete this[name]; },
  });
  Object.assign(store, kept);
  const window = part({localStorage: store, setTimeout: () => 1, clearTimeout() {}});
  class Today extends Date { constructor(at) { super(at === undefined ? now : at); } }
  Today.now = () => now;
  vm.runInNewContext(fs.readFileSync(script || draftJs, "utf8"),
    {window, document, Date: Today, JSON, Object, Event: class {}});
  return {form, elements, box, parts, window, document, store,
    kept: () => Object.assign({}, store), draft: () => JSON.parse(store[KEY] || "null")};
}
const NOW = new Date(2026, 10, 22, 10, 42).getTime(), found = {};
const first = visit({}, NOW);
Object.assign(first.elements.words, {value: "垃圾没人收"});
first.elements.place_words.value = "北门";
first.elements.contact_name.value = "李四";
first.elements.contact_phone.value = "13612340004";
first.form.fire("change");
found.kept = first.draft();
first.form.fire("submit");
found.sent = first.draft();
first.form.fire("input"); first.window.fire("pagehide");
found.hidden = first.draft();
const back = visit(first.kept(), NOW + 3600e3, {form_key: "this-page"});
found.offered = [back.box.hidden, back.parts["[data-draft-at]"].textContent];
back.parts["[data-draft-take]"].fire("click");
found.taken = [back.elements.words.value, back.elements.place_words.value,
  back.elements.form_key.value, back.elements.contact_name.value, back.box.hidden];
const secret = visit({}, NOW);
secret.elements.words.value = "x";
secret.elements.is_confidential = part({checked: true});
secret.form.fire("change");
const again = visit(secret.kept(), NOW);
again.elements.is_confidential = part({checked: false});
again.parts["[data-draft-take]"].fire("click");
found.stillConfidential = again.elements.is_confidential.checked;
back.form.fire("input");
found.changed = back.elements.form_key.value;
const away = visit(first.kept(), NOW);
away.parts["[data-draft-drop]"].fire("click");
found.dropped = away.kept();
found.yesterday = visit(first.kept(), NOW + 20 * 3600e3).parts["[data-draft-at]"].textContent;
const late = visit(first.kept(), NOW + DAY);
found.late = [late.box.hidden, late.kept()];
found.shownAgain = visit(first.kept(), NOW, {words: "already there"}).box.hidden;
found.arrived = visit(first.kept(), NOW, {}, draftJs, "report").kept();
found.broken = visit({[KEY]: "{no json"}, NOW).box.hidden;
const full = visit({}, NOW);
full.store.setItem = () => { throw new Error("no room"); };
full.elements.words.value = "x";
full.form.fire("change");
const other = {another: "stays"};
found.swept = Object.keys(visit(Object.assign(first.kept(), other), NOW + DAY, {}, pageJs).kept());
const page = visit(Object.assign(first.kept(), other), NOW, {}, pageJs);
found.beforeOut = Object.keys(page.kept()).length;
page.document.fire("submit", {target: {hasAttribute: (name) => name === "data-sign-out"}});
found.signedOut = Object.keys(page.kept());
console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def played():
    """What is kept, offered and dropped in every scene."""
    environment = node_environment()
    node = shutil.which("node", path=environment["PATH"])
    if node is None:
        pytest.skip("Node is fetched by `make setup`")
    scripts = [str(STATIC / "js" / name) for name in ("draft.js", "page.js")]
    done = subprocess.run(
        [node, "-e", STAGE, *scripts], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_words_and_place_are_kept_and_nothing_of_who_she_is(played):
    assert played["stillConfidential"]
    assert played["kept"]["fields"] == {"words": "垃圾没人收", "place_words": "北门"}


def test_what_was_sent_and_not_answered_keeps_its_key_so_that_it_is_one_case(played):
    assert played["sent"]["fields"]["form_key"] == "fresh-key"
    assert played["hidden"] == played["sent"]


def test_it_is_offered_with_its_time_and_taken_or_thrown_away(played):
    assert played["offered"] == [False, "10:42"]
    assert played["taken"] == ["垃圾没人收", "北门", "fresh-key", "", True]
    assert played["changed"] == "this-page"  # other words are another report
    assert played["dropped"] == {}
    assert played["yesterday"] == "11-22 10:42"


def test_after_a_day_it_is_gone_from_the_form_and_from_every_page(played):
    assert played["late"] == [True, {}]
    assert played["swept"] == ["another"]


def test_it_is_gone_once_sent_and_at_signing_out(played):
    assert played["arrived"] == {}
    assert (played["beforeOut"], played["signedOut"]) == (2, ["another"])


def test_a_form_with_words_of_its_own_and_a_broken_draft_offer_nothing(played):
    assert played["shownAgain"]
    assert played["broken"]


def test_the_pages_say_where_drafts_are_kept_taken_and_dropped():
    def text(name):
        return (TEMPLATES / name).read_text(encoding="utf-8")

    assert 'data-draft="report"' in text("public/case/report.html")
    assert 'data-draft-sent="report"' in text("public/case/sent.html")
    assert "data-sign-out" in text("parts/_sign_out.html")
