// The budget adds up while it is typed, and long answers count their words.
//
// <table data-budget data-sums="id of a json_script"> holds inputs named federal_<line> and
// match_<line> in rows <tr data-line="<line>">; <td data-sum="..."> shows sums. All sums are made
// in whole cents. The server reads and judges everything again; without this file the sums are
// those of what was saved last.
(function () {
  "use strict";

  var MONEY = /^\$?(\d{1,3}(,\d{3})+|\d{1,12})(\.(\d{2}))?$/;

  function cents(text) {
    var trimmed = text.trim();
    if (!trimmed) { return 0; }
    var match = MONEY.exec(trimmed);
    if (!match) { return null; }
    return Number(match[1].replace(/,/g, "")) * 100 + Number(match[4] || 0);
  }

  function dollars(amount) {
    var rest = String(Math.abs(amount) % 100);
    var whole = Math.floor(Math.abs(amount) / 100).toLocaleString("en-US");
    return (amount < 0 ? "-$" : "$") + whole + "." + (rest.length < 2 ? "0" + rest : rest);
  }

  function startBudget(table) {
    var form = table.closest("form");
    var terms = JSON.parse(document.getElementById(table.getAttribute("data-sums")).textContent);
    var lines = Array.prototype.slice.call(table.querySelectorAll("tr[data-line]"));
    var COLUMNS = ["federal", "match"];

    function cell(column, line) { return form.elements[column + "_" + line.getAttribute("data-line")]; }

    function put(name, amount) {
      var place = table.querySelector('[data-sum="' + name + '"]');
      if (place) { place.textContent = dollars(amount); }
    }

    function say(name, text) {
      var place = form.querySelector('[data-says="' + name + '"]');
      if (place) { place.textContent = text; }
    }

    function add() {
      var sums = { federal: 0, match: 0 };
      var direct = { federal: 0, match: 0 };
      lines.forEach(function (line) {
        var sum = 0;
        COLUMNS.forEach(function (column) {
          var input = cell(column, line);
          var amount = cents(input.value);
          input.classList.toggle("grid-cell--unread", amount === null);
          sum += amount || 0;
          sums[column] += amount || 0;
          if (line.getAttribute("data-line") !== "indirect") { direct[column] += amount || 0; }
        });
        put(line.getAttribute("data-line"), sum);
      });
      COLUMNS.forEach(function (column) {
        put(column, sums[column]);
        put(column + "-direct", direct[column]);
      });
      put("total", sums.federal + sums.match);
      put("total-direct", direct.federal + direct.match);
      judge(sums);
    }

    function judge(sums) {
      var share = terms.share;
      var needed = Math.ceil(sums.federal * (share[1] - share[0]) / share[0]);
      var apart = sums.match - terms.signed;
      say("needed", dollars(needed) + (sums.match < needed ? ": " + dollars(needed - sums.match) + " more than the matching column holds" : ""));
      say("apart", apart === 0 ? "The matching column agrees with it." : "The matching column and what is signed differ by " + dollars(Math.abs(apart)) + ".");
      var words = "Between " + dollars(terms.floor) + " and " + dollars(terms.ceiling);
      if (sums.federal > terms.ceiling) { words += ": you ask for " + dollars(sums.federal - terms.ceiling) + " too much"; }
      if (sums.federal > 0 && sums.federal < terms.floor) { words += ": you ask for " + dollars(terms.floor - sums.federal) + " too little"; }
      say("bounds", words);
    }

    // Enter and the arrows move as in a spreadsheet; Enter does not send the form.
    function step(event) {
      var down = event.key === "Enter" || event.key === "ArrowDown";
      if (!down && event.key !== "ArrowUp") { return; }
      var row = event.target.closest("tr[data-line]");
      if (!row) { return; }
      event.preventDefault();
      var place = lines.indexOf(row) + (down ? 1 : -1);
      if (place < 0 || place >= lines.length) { return; }
      var next = cell(event.target.name.split("_")[0], lines[place]);
      next.focus();
      next.select();
    }

    form.addEventListener("input", add);
    table.addEventListener("keydown", step);
    add();
  }

  function startWords(area) {
    var limit = Number(area.getAttribute("data-words"));
    var line = document.createElement("p");
    line.className = "usa-character-count__status";
    line.setAttribute("aria-live", "polite");
    area.insertAdjacentElement("afterend", line);
    function count() {
      var words = area.value.split(/\s+/).filter(Boolean).length;
      var left = limit - words;
      line.textContent = left >= 0 ? left.toLocaleString("en-US") + " words left" : (-left).toLocaleString("en-US") + " words too many";
      line.classList.toggle("usa-error-message", left < 0);
    }
    area.addEventListener("input", count);
    count();
  }

  document.querySelectorAll("table[data-budget]").forEach(startBudget);
  document.querySelectorAll("textarea[data-words]").forEach(startWords);
})();
