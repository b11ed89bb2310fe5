// The page begins: answers come from a grid inside the file where there is one, else from the server.
import { App } from "./app.js";
import { Grid } from "./grid.js";
import { Room } from "./room.js";
import { Socket } from "./socket.js";
import { html, render } from "./vendor/htm-preact.module.js";

async function open() {
  const place = document.getElementById("room");
  const held = document.getElementById("grid");
  const source = held ? new Grid(held.textContent) : new Socket();
  try {
    const controls = await source.controls();
    const room = new Room(source, controls, location);
    if (new URLSearchParams(location.search).get("embed") === "1") document.documentElement.classList.add("embed");
    place.replaceChildren();
    render(html`<${App} room=${room} cards=${controls.cards} />`, place);
  } catch (error) {
    place.textContent = `The room cannot open: ${error.message}. Load the page again.`;
    throw error;
  }
}

open();
