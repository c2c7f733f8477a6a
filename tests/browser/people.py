"""Somebody with a browser window, who scans every page they see."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SERIOUS = {"serious", "critical"}
# The page without its words and values: of pages of equal shape one scan tells of all.
SHAPE = """() => {
    const seen = [];
    const recent = new Set();
    for (const el of document.body.querySelectorAll("*")) {
        const names = el.getAttributeNames().join(" ");
        const says = el.childElementCount === 0 && el.textContent.trim() !== "";
        const labels = el.labels ? el.labels.length : "";
        const one = [el.tagName, el.getAttribute("class"), el.type, names, says, labels].join("|");
        if (recent.has(one)) { continue; }
        seen.push(one);
        recent.add(one);
        if (recent.size > 12) { recent.delete(recent.values().next().value); }
    }
    return `${innerWidth} ${seen.join("\\n")}`;
}"""
CLEAN: set[str] = set()  # shapes in which this process found nothing


@dataclass
class Visitor:
    """One window. ``go``, ``press`` and ``fill`` read like what a person does."""

    name: str
    context: Any
    axe: str
    scanned: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(f"policy: {message.text}")

    def go(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer is None or answer.status < 400, f"{address}: {answer.status}"
        self.look()

    def press(self, label: str, *, exact: bool = False) -> None:
        self.page.get_by_role("button", name=label, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.look()

    def follow(self, label: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=label, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.look()

    def fill(self, label: str, text: str, *, exact: bool = False) -> None:
        self.page.get_by_label(label, exact=exact).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_role("combobox", name=label).first.select_option(option)

    def tick(self, label: str) -> None:
        # USWDS draws the box with the label: a person presses the words.
        self.page.locator("label", has_text=label).first.click()

    def sees(self, text: str) -> bool:
        return text in self.page.locator("main").inner_text()

    def look(self) -> None:
        """Scan the page for what would keep somebody out, unless its like was scanned."""
        path = self.page.url.split("?")[0]
        self.scanned.add(path)
        shape = self.page.evaluate(SHAPE)
        if shape in CLEAN:
            return
        self.page.evaluate(self.axe)
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        complaints = [
            f"{path}: {v['id']} on {v['nodes'][0]['target']}"
            for v in found["violations"]
            if v["impact"] in SERIOUS
        ]
        self.complaints += complaints
        if not complaints:
            CLEAN.add(shape)

    def picture(self, folder: Path, name: str) -> None:
        """Keep what the page looks like."""
        self.page.screenshot(path=str(folder / f"{name}.png"), full_page=True)

    def leave(self) -> None:
        self.context.close()
        assert self.complaints == [], f"{self.name}: {self.complaints}"
