// Everything the portal does in the browser. Each page also works without it.
import "./csrf.js";
import "./fouten.js";
import "./filters.js";
import "./grafieken.js";
import "./sneltoets.js";
import "./tabellen.js";
import "./zoeker.js";
import "./zoeken.js";
