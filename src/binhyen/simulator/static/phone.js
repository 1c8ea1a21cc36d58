"use strict";
// Keeps the chat fresh by polling and sends without reloading; without this script the form posts as usual.

const chat = document.getElementById("chat");
const form = document.getElementById("write");
const text = document.getElementById("text");
const notice = document.getElementById("notice");
const picture = form.querySelector("input[type=file]");
const POLL_MS = 1200;
let lastN = Number(chat.dataset.last);
let isPolling = false;

function toEnd() {
  chat.scrollTop = chat.scrollHeight;
}

async function poll() {
  if (isPolling) return;
  isPolling = true;
  try {
    const answer = await fetch(`/phone/feed?user=${encodeURIComponent(chat.dataset.user)}&since=${lastN}`);
    const feed = await answer.json();
    if (feed.last_n < lastN) {
      location.reload();
    } else if (feed.last_n > lastN) {
      lastN = feed.last_n;
      chat.insertAdjacentHTML("beforeend", feed.html);
      toEnd();
    }
  } catch {
    notice.textContent = "Mất kết nối với máy giả lập, đang thử lại…";
    isPolling = false;
    return;
  }
  if (notice.textContent.startsWith("Mất kết nối")) notice.textContent = "";
  isPolling = false;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  const isTap = event.submitter && event.submitter.name === "action";
  if (isTap) {
    body.delete("text");
    body.delete("picture");
  } else {
    text.value = "";
    picture.value = "";
    picture.parentElement.classList.remove("chosen");
  }
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
    const { problem } = await answer.json();
    notice.textContent = problem ? `Máy chủ của đơn vị chưa nhận được tin. ${problem}` : "";
  } catch {
    notice.textContent = "Không gửi được, hãy thử lại.";
  }
  poll();
  text.focus();
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit(form.querySelector(".send"));
  }
});

picture.addEventListener("change", () => {
  picture.parentElement.classList.toggle("chosen", picture.files.length > 0);
});

// A picture grows when it arrives; load events do not bubble, so they are caught on the way down.
chat.addEventListener("load", toEnd, true);
toEnd();
setInterval(poll, POLL_MS);
