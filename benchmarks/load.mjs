// Requests the addresses on its standard input from a host at a constant rate, over several connections, each in its own
// order. Prints the results as JSON. Run by load.py.
import { readFileSync } from "node:fs";
import autocannon from "autocannon";

const { url, rate, seconds, connections, paths } = JSON.parse(readFileSync(0, "utf8"));

/** The paths in a different order for each connection, but the same in each run. */
function inOrder(seed) {
  const mixed = [...paths];
  let state = seed + 1;
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const other = state % (last + 1);
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed.map((path) => ({ method: "GET", path, headers: { "accept-encoding": "gzip" } }));
}

let clients = 0;
const found = await autocannon({
  url,
  connections,
  overallRate: rate,
  duration: seconds,
  timeout: 10,
  setupClient: (client) => client.setRequests(inOrder(clients++)),
});
process.stdout.write(JSON.stringify(found));
