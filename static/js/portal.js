// Small comforts of every page; each works as plain HTML without this file.
(function () {
  "use strict";

  // A menu made of <details> closes on a click outside and on Escape.
  function closeMenus(event) {
    document.querySelectorAll("details[data-close-outside][open]").forEach(function (menu) {
      if (event.type === "keydown" && event.key === "Escape") {
        menu.open = false;
        menu.querySelector("summary").focus();
      } else if (event.type === "click" && !menu.contains(event.target)) {
        menu.open = false;
      }
    });
  }
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", closeMenus);

  // A form sends once: the second press of the button does nothing (the idempotency
  // key would make it harmless, but a person should not see two pages).
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-once") || event.defaultPrevented) { return; }
    if (form.hasAttribute("data-busy")) { event.preventDefault(); return; }
    form.setAttribute("data-busy", "");
  });
  // Coming back by the browser's Back button, the form may be sent again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-busy]").forEach(function (form) { form.removeAttribute("data-busy"); });
  });

  // Wide tables become scrollable regions that the keyboard can reach; where everything fits
  // the head stays in sight while the page scrolls.
  // On a telephone the rows of a plain table become cards too, whose lines carry the words of
  // the heads; long tables of figures stay tables that scroll.
  var narrow = window.matchMedia("(max-width: 39.99em)");
  var MOST_CARDS = 40;
  function wordsOf(head) {
    var copy = head.cloneNode(true);
    copy.querySelectorAll(".usa-sr-only").forEach(function (aside) { aside.remove(); });
    return copy.textContent.trim();
  }
  // Words and marks of one cell stay together beside its label.
  function keepTogether(cell) {
    var isMixed = cell.childElementCount && Array.prototype.some.call(cell.childNodes, function (node) {
      return node.nodeType === Node.TEXT_NODE && node.data.trim();
    });
    if (!isMixed) { return; }
    var together = document.createElement("div");
    while (cell.firstChild) { together.appendChild(cell.firstChild); }
    cell.appendChild(together);
  }
  function asCards(table) {
    var heads = table.tHead && table.tHead.rows.length === 1 ? table.tHead.rows[0].cells : null;
    var rows = table.tBodies.length === 1 ? Array.prototype.slice.call(table.tBodies[0].rows) : [];
    var isPlain = heads && rows.length && rows.length <= MOST_CARDS && rows.every(function (row) {
      return row.cells.length === heads.length && !row.querySelector("[colspan], [rowspan]");
    });
    if (!isPlain || table.getAttribute("role") === "table") { return; }
    table.setAttribute("role", "table");
    table.classList.add("table--data");
    [table.tHead, table.tBodies[0]].forEach(function (part) { part.setAttribute("role", "rowgroup"); });
    Array.prototype.forEach.call(heads, function (head) { head.setAttribute("role", "columnheader"); });
    table.tHead.rows[0].setAttribute("role", "row");
    rows.forEach(function (row) {
      row.setAttribute("role", "row");
      Array.prototype.forEach.call(row.cells, function (cell, place) {
        cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
        if (cell.tagName === "TD") {
          cell.setAttribute("data-label", wordsOf(heads[place]));
          keepTogether(cell);
        }
      });
    });
  }
  function fitTables() {
    if (narrow.matches) { document.querySelectorAll(".table-scroll > table.table").forEach(asCards); }
    document.querySelectorAll(".table-scroll").forEach(function (region) {
      region.classList.remove("table-scroll--fits");
      if (region.scrollWidth > region.clientWidth + 1) {
        region.tabIndex = 0;
      } else {
        region.removeAttribute("tabindex");
        if (region.closest("[data-table]")) { region.classList.add("table-scroll--fits"); }
      }
    });
  }
  fitTables();
  window.addEventListener("resize", fitTables);
  // A region inside closed details has no width until somebody opens them.
  document.addEventListener("toggle", fitTables, true);
  document.addEventListener("htmx:afterSettle", fitTables);

  // The summary of errors takes the focus, so that it is read first.
  var summary = document.querySelector("[data-focus]");
  if (summary) { summary.focus(); }

  // A toast stays until somebody dismisses it; the focus goes back to where it came from.
  var place = null;
  function toast(words, origin) {
    if (!place) {
      place = document.createElement("div");
      place.className = "toast-place";
      place.setAttribute("role", "status");
      document.getElementById("main-content").appendChild(place);
    }
    var box = document.createElement("div");
    var text = document.createElement("p");
    var close = document.createElement("button");
    box.className = "toast";
    text.textContent = words;
    close.type = "button";
    close.className = "toast__close";
    close.setAttribute("aria-label", "Dismiss: " + words);
    close.textContent = "\u00d7";
    close.addEventListener("click", function () { place.textContent = ""; if (origin) { origin.focus(); } });
    box.appendChild(text);
    box.appendChild(close);
    place.textContent = "";
    place.appendChild(box);
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && place) { place.textContent = ""; }
  });
  document.querySelectorAll("[data-toast] [data-dismiss]").forEach(function (button) {
    button.addEventListener("click", function () { button.closest("[data-toast]").remove(); });
  });

  // Copy buttons: <button data-copy="text" hidden>Copy</button>
  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.getAttribute("data-copy")).then(function () {
        toast("Copied: " + button.getAttribute("data-copy"), button);
      });
    });
  });

  // Print buttons: <button data-print hidden>Print</button>
  document.querySelectorAll("button[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
