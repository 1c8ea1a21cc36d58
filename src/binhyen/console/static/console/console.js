// Live updates, keys, drafts and the duty bell of the console. Everything here only adds to pages that work without it.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const body = document.body;
  const tell = (name) => body.dispatchEvent(new CustomEvent(name));
  const thread = () => $("#messages");

  // -- live updates: a stream of ids and counts; polling when it cannot be had -----------------------------------
  let fresh = new Set();
  function queueChanged(ids) {
    const queue = $("#queue");
    if (!queue) return;
    ids.forEach((id) => fresh.add(id));
    const busy = queue.scrollTop > 40 || queue.contains(document.activeElement);
    if (busy) $("#new-messages").hidden = false;
    else showQueue();
  }
  function showQueue() {
    fresh = new Set();
    const button = $("#new-messages");
    if (button) button.hidden = true;
    tell("console:queue");
  }
  function changed(ids) {
    queueChanged(ids);
    const open = thread();
    if (open && (ids.length === 0 || ids.includes(open.dataset.conversation))) tell("console:thread");
  }
  let tag = "", known = null;
  async function pulse() {
    if (!body.dataset.pulse) return;
    let answer;
    try {
      answer = await fetch(body.dataset.pulse, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    } catch { offline(true); return; }
    offline(false);
    if (answer.status === 401) { location.reload(); return; }
    if (answer.status !== 200) return;
    tag = answer.headers.get("ETag") || "";
    const facts = await answer.json();
    if (known && known.changed !== facts.changed) changed([]);
    if (known && JSON.stringify([known.ringing, known.stopped]) !== JSON.stringify([facts.ringing, facts.stopped])) tell("console:status");
    known = facts;
  }
  function offline(isOffline) { const bar = $("#offline"); if (bar) bar.hidden = !isOffline; }
  let stream = null, heardAt = 0;
  const heard = () => { heardAt = Date.now(); };
  function hangUp() { if (stream) stream.close(); stream = null; body.dataset.live = "no"; }
  function connect() {
    if (!body.dataset.events || !window.EventSource || document.hidden || stream) return;
    stream = new EventSource(body.dataset.events);
    stream.addEventListener("open", () => { body.dataset.live = "yes"; heard(); pulse(); });  // what came meanwhile
    stream.addEventListener("beat", heard);
    stream.addEventListener("inbox", (event) => changed(JSON.parse(event.data).conversations || []));
    stream.addEventListener("alert", () => tell("console:status"));
    stream.addEventListener("stop", () => tell("console:status"));
    stream.addEventListener("ended", () => location.reload());
    stream.addEventListener("error", () => { body.dataset.live = "no"; if (stream.readyState === EventSource.CLOSED) { stream = null; } });
  }
  setInterval(() => {
    if (body.dataset.live === "yes" && Date.now() - heardAt > 60000) hangUp();  // open, and nobody at the other end
    if (body.dataset.live !== "yes") { pulse(); connect(); }
  }, 20000);
  document.addEventListener("visibilitychange", () => { if (document.hidden) hangUp(); else { pulse(); connect(); } });
  addEventListener("pagehide", hangUp);
  addEventListener("offline", () => offline(true));
  addEventListener("online", () => offline(false));
  pulse(); connect();
  const more = $("#new-messages");
  if (more) more.addEventListener("click", () => { $("#queue").scrollTop = 0; showQueue(); });

  // -- the duty bell: made here, no sound file -----------------------------------------------------------------
  let bell = null, ringing = null;
  function ring() {
    if (!$("[data-ringing]")) { clearInterval(ringing); ringing = null; return; }
    try {
      if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
      bell = bell || new AudioContext();
      if (bell.state === "suspended") bell.resume();
      for (const [at, pitch] of [[0, 880], [0.25, 660], [0.5, 880]]) {
        const tone = bell.createOscillator(), loud = bell.createGain();
        tone.frequency.value = pitch;
        loud.gain.setValueAtTime(0.0001, bell.currentTime + at);
        loud.gain.exponentialRampToValueAtTime(0.3, bell.currentTime + at + 0.02);
        loud.gain.exponentialRampToValueAtTime(0.0001, bell.currentTime + at + 0.22);
        tone.connect(loud).connect(bell.destination);
        tone.start(bell.currentTime + at);
        tone.stop(bell.currentTime + at + 0.24);
      }
    } catch { /* a browser without sound still shows the red bar */ }
  }
  function watchAlerts() { if ($("[data-ringing]") && !ringing) { ring(); ringing = setInterval(ring, 2500); } }

  // -- the thread stays at its end; errors and fresh fields take the focus -------------------------------------
  const wide = matchMedia("(min-width: 900px)");
  function toEnd() {
    const box = thread();
    if (box && wide.matches) box.scrollTop = box.scrollHeight;
    else if (box && box.lastElementChild) box.lastElementChild.scrollIntoView({ block: "end" });
  }
  let wasAtEnd = true;
  body.addEventListener("htmx:beforeSwap", (event) => {
    const box = thread();
    if (event.detail.target === box) wasAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  });
  body.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target.id === "messages" && wasAtEnd && wide.matches) toEnd();
    if (target.id === "answer-panel") { const box = $("#answer-search"); if (box) box.focus(); }
    prepare();
  });
  body.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status === 401 && event.detail.elt.tagName !== "TEXTAREA") location.reload(); });
  function prepare() {
    watchAlerts();
    all("[data-copies]").forEach((button) => { button.hidden = !navigator.clipboard; });
    all("[data-hidden-with-script]").forEach((part) => { part.hidden = true; });
    const box = $("#reply-text");
    if (box && box.autofocus) { box.autofocus = false; box.focus(); box.setSelectionRange(box.value.length, box.value.length); box.scrollTop = box.scrollHeight; }
  }
  prepare(); toEnd();
  const chosen = $(".row[aria-current]"), list = $("#queue");
  if (chosen && list && wide.matches) list.scrollTop = chosen.offsetTop - list.offsetTop - list.clientHeight / 2;
  const error = $("[data-takes-focus]");
  if (error) error.focus();
  setTimeout(() => all(".toast").forEach((toast) => toast.remove()), 6000);

  // -- selecting many: what is ticked survives every refresh of the list ---------------------------------------------
  const picked = new Set();
  function showPicked() {
    const bar = $("#pick"), words = $("#picked");
    if (!bar) return;
    all(".pick").forEach((box) => { box.checked = picked.has(box.value); });
    bar.hidden = picked.size === 0 && !$("#pick-all").checked;
    words.textContent = words.dataset.pickedWords.replace("{n}", picked.size);
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches(".pick")) { if (event.target.checked) picked.add(event.target.value); else picked.delete(event.target.value); showPicked(); }
  });
  body.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "queue") showPicked(); });
  all(".pick:checked").forEach((box) => picked.add(box.value));
  showPicked();

  // -- buttons -------------------------------------------------------------------------------------------------
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copies]");
    if (copy) { await navigator.clipboard.writeText(copy.dataset.copies); copy.textContent += " ✓"; return; }
    if (event.target.closest("[data-opens-palette]")) { event.preventDefault(); openPalette(); return; }
    const opener = event.target.closest("[data-opens]");
    if (opener) { event.preventDefault(); const part = document.getElementById(opener.dataset.opens); part.open = !part.open; if (part.open) $("button, input, select, textarea", part)?.focus(); return; }
    const tab = event.target.closest("[data-switches]");
    if (tab) { event.preventDefault(); showTab(tab.dataset.switches); return; }
    if (event.target.closest("[data-closes-answers]")) { $("#answer-panel").replaceChildren(); $("#reply-text").focus(); }
  });
  document.addEventListener("change", (event) => { if (event.target.matches("[data-submits]")) event.target.form.requestSubmit(); });
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && button.dataset.busy) { button.style.minWidth = `${button.offsetWidth}px`; button.setAttribute("aria-busy", "true"); button.textContent = button.dataset.busy; }
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
    setTimeout(() => { delete event.target.dataset.sent; }, 4000);
  });
  function showTab(name) {
    all("[data-tab]").forEach((form) => { form.hidden = form.dataset.tab !== name; });
    const composer = $("#composer");
    if (!composer) return;
    composer.classList.toggle("note", name === "note");
    const box = $(name === "note" ? "#note-text" : "#reply-text");
    if (box) { box.focus(); box.setSelectionRange(box.value.length, box.value.length); }
  }

  // -- what was typed in the last moment is kept even when the page goes away ------------------------------------
  document.addEventListener("input", (event) => { if (event.target.matches(".write textarea")) event.target.dataset.unsaved = "yes"; });
  body.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.elt.dataset) delete event.detail.elt.dataset.unsaved; });
  document.addEventListener("submit", (event) => all("textarea", event.target).forEach((box) => { delete box.dataset.unsaved; }));
  function keepTyped() {
    for (const box of all("[data-unsaved]")) {
      delete box.dataset.unsaved;
      const form = new URLSearchParams({ text: box.value, is_note: box.id === "note-text" ? "yes" : "no" });
      const headers = { ...JSON.parse(body.getAttribute("hx-headers")), "HX-Request": "true" };
      fetch(box.getAttribute("hx-post"), { method: "POST", body: form, headers, keepalive: true }).catch(() => {});
    }
  }
  addEventListener("pagehide", keepTyped);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keepTyped(); });

  // -- keys: single ones only while the list or the thread has the focus, never inside an input method ----------
  const rows = () => all(".row");
  function move(step) {
    const list = rows();
    if (!list.length) return;
    const at = list.indexOf(document.activeElement.closest(".row") || $(".row[aria-current]"));
    const next = list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    next.focus();
  }
  function step(list, from, by) { list[Math.min(list.length - 1, Math.max(0, list.indexOf(from) + by))]?.focus(); }
  function openPalette() {
    const box = $("#palette");
    if (!box || box.open) return;
    box.showModal();
    const field = $("#palette-search");
    field.value = "";
    field.focus();
    field.dispatchEvent(new CustomEvent("palette:open"));
  }
  function inPalette(event) {
    const lines = all("#palette-lines a"), at = lines.indexOf(event.target);
    if (event.code === "Enter") { if (at < 0 && lines[0]) { event.preventDefault(); lines[0].click(); } return; }
    event.preventDefault();
    if (event.code === "ArrowUp" && at <= 0) $("#palette-search").focus();
    else step(lines, event.target, 1 * (event.code === "ArrowDown" ? 1 : -1));
  }
  function pick(item) { const box = item && $(".pick", item); if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); } }
  function pressed(code) { const button = $(`[data-key="${code}"]`); if (button && button.offsetParent) button.click(); }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const typing = event.target.closest("textarea, input, select");
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") { event.preventDefault(); openPalette(); return; }
    if ((event.ctrlKey || event.metaKey) && event.code === "Slash") { event.preventDefault(); $("#keys")?.showModal(); return; }
    if ((event.ctrlKey || event.metaKey) && event.code === "Enter" && event.target.matches(".write textarea, [data-sends] *")) {
      event.preventDefault();
      event.target.form.requestSubmit($(".composer-foot button.button", event.target.form));
      return;
    }
    if (event.code === "Escape" && typing) { typing.blur(); ($(".row[aria-current]") || thread() || $("#queue"))?.focus(); return; }
    if (event.target.closest("#palette") && (event.code === "ArrowDown" || event.code === "ArrowUp" || event.code === "Enter")) { inPalette(event); return; }
    const cell = event.target.closest("table.data a, table.data button");
    if (cell && (event.code === "ArrowDown" || event.code === "ArrowUp")) { event.preventDefault(); step(all("a, button", cell.closest("tbody")), cell, event.code === "ArrowDown" ? 1 : -1); return; }
    if (event.target.id === "reply-text" && event.key === "/") {
      const before = event.target.value.slice(0, event.target.selectionStart);
      if (before === "" || before.endsWith("\n")) { event.preventDefault(); $("#open-answers").click(); }
      return;
    }
    if (body.dataset.keys === "off") return;
    if (typing && !event.target.matches(".pick") || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = event.target.closest("#queue, #messages, .thread-pane") || event.target === body;
    if (!here) return;
    if (event.key === "?") { $("#keys")?.showModal(); return; }
    switch (event.code) {
      case "KeyJ": case "ArrowDown": if (event.code === "KeyJ" || event.target.closest("#queue")) { event.preventDefault(); move(1); } break;
      case "KeyK": case "ArrowUp": if (event.code === "KeyK" || event.target.closest("#queue")) { event.preventDefault(); move(-1); } break;
      case "KeyR": event.preventDefault(); showTab("reply"); break;
      case "KeyN": event.preventDefault(); showTab("note"); break;
      case "KeyX": pick(event.target.closest("li") || $(".row[aria-current]")?.closest("li")); break;
      case "Escape": ($(".row[aria-current]") || $("#queue"))?.focus(); break;
      default: pressed(event.code);
    }
  });

  // -- the waiting time of an approved post, second by second ---------------------------------------------------
  all("[data-countdown]").forEach((part) => {
    const ends = Date.now() + Number(part.dataset.countdown) * 1000;
    const tick = () => {
      const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
      part.textContent = left < 3600 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : "";
      if (left === 0) { clearInterval(timer); setTimeout(() => location.reload(), 3000); }
    };
    const timer = setInterval(tick, 1000);
    tick();
  });
})();
