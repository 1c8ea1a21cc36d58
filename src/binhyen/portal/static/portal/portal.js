/* Small comforts of the portal; every page works without this file. ES2019. */
(function () {
  "use strict";
  var each = function (selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); };

  var focused = document.querySelector("[data-focus]");
  if (focused) { focused.focus(); }

  each("[data-count]", function (field) {
    var counter = field.parentNode.querySelector("[data-counter]");
    var show = function () { counter.textContent = field.value.length + "/" + field.maxLength; };
    counter.hidden = false;
    field.addEventListener("input", show);
    show();
  });

  each("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  each("[data-copy]", function (button) {
    var text = document.getElementById(button.getAttribute("data-copy")).getAttribute("data-copied");
    var status = document.querySelector("[data-status]");
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text).then(function () {
        button.textContent = status.textContent = button.getAttribute("data-done");
      }, function () { button.hidden = true; });
    });
  });

  var exit = document.querySelector("[data-exit]");
  if (exit) {
    var leave = function () { window.location.replace(exit.href); };
    var pressed = 0;
    exit.addEventListener("click", function (event) { event.preventDefault(); leave(); });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") { return; }
      if (Date.now() - pressed < 1500) { leave(); }
      pressed = Date.now();
    });
  }
}());
