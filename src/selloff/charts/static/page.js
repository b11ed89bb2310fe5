// A page whose charts stand in it as JSON.
import { drawPage } from "./index.js";

drawPage();
