// Gives search to the page.
import { open } from "./find.js";
import { held, marked, passage } from "./passage.js";

globalThis.ceSearch = { open, passage, marked, held };
