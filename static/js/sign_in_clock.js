// Asks before a sign-in ends, and keeps it open with one click.
//
// The portal decides; this clock only knows how many seconds were left when the page came. Before it
// asks, and before it says that the end has come, it asks the portal again: another window may have
// kept the sign-in open. Asking that does not count as activity.
(function () {
  "use strict";

  var dialog = document.querySelector("dialog.sign-in-clock");
  if (!dialog) { return; }

  var warning = Number(dialog.dataset.warning);
  var title = dialog.querySelector("h2");
  var words = document.getElementById("sign-in-clock-words");
  var left = dialog.querySelector("[data-left]");
  var said = dialog.querySelector("[data-said]");
  var stay = dialog.querySelector("[data-stay]");
  var again = dialog.querySelector("[data-sign-in]");
  var end = 0;
  var timer = null;
  var lastSaid = "";

  function secondsLeft() {
    return Math.max(0, Math.round((end - Date.now()) / 1000));
  }

  function inWords(seconds) {
    if (seconds > 60) { return seconds > 90 ? "two minutes" : "a minute and a half"; }
    if (seconds > 30) { return "one minute"; }
    return seconds > 10 ? "half a minute" : "a few seconds";
  }

  function wait(seconds) {
    end = Date.now() + seconds * 1000;
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(0, seconds - warning) * 1000);
  }

  function ask(url) {
    return fetch(url, { headers: { "Accept": "application/json" }, credentials: "same-origin", cache: "no-store" })
      .then(function (response) { return response.ok ? response.json() : Promise.reject(response); })
      .then(function (answer) { return answer.seconds; });
  }

  // Time to warn: unless another window has kept the sign-in open.
  function look() {
    ask(dialog.dataset.clockUrl).then(function (seconds) {
      if (seconds > warning) { close(); wait(seconds); return; }
      end = Date.now() + seconds * 1000;
      if (seconds === 0) { over(); } else { warn(); }
    }, function () { timer = setTimeout(look, 15000); });
  }

  function warn() {
    if (!dialog.open) { dialog.showModal(); stay.focus(); }
    tick();
  }

  function tick() {
    var seconds = secondsLeft();
    left.textContent = inWords(seconds);
    if (left.textContent !== lastSaid) {
      lastSaid = left.textContent;
      said.textContent = "You will be signed out in " + lastSaid + ".";
    }
    clearTimeout(timer);
    timer = seconds === 0 ? setTimeout(look, 1000) : setTimeout(tick, 1000);
  }

  function close() {
    if (dialog.open) { dialog.close(); }
    lastSaid = "";
  }

  function over() {
    clearTimeout(timer);
    title.textContent = "You have been signed out";
    words.textContent = "What you typed is kept in this browser. Sign in again and you come back to this page.";
    said.textContent = title.textContent;
    stay.hidden = true;
    again.hidden = false;
    again.href = dialog.dataset.signInUrl + "?next=" + encodeURIComponent(location.pathname + location.search);
    if (!dialog.open) { dialog.showModal(); }
    again.focus();
  }

  stay.addEventListener("click", function () {
    ask(dialog.dataset.stayUrl).then(function (seconds) {
      if (seconds === 0) { over(); return; }
      close();
      wait(seconds);
    }, function () { said.textContent = "The portal cannot be reached. Try again."; });
  });
  // Escape closes the question; it comes again, and staying is one click away.
  dialog.addEventListener("close", function () {
    if (secondsLeft() <= warning && stay.hidden === false) {
      clearTimeout(timer);
      timer = setTimeout(look, Math.min(30, secondsLeft()) * 1000);
    }
  });
  // A page that comes out of the browser's memory, or a laptop that woke up, looks anew.
  window.addEventListener("pageshow", function (event) { if (event.persisted) { look(); } });
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && secondsLeft() <= warning && !dialog.open) { look(); }
  });
  wait(Number(dialog.dataset.seconds));
})();
