// Asks a host at a constant rate, from several connections, for all addresses that come in, each connection in its own
// order. What became of it goes out as JSON. Run by load.py.
import { readFileSync } from "node:fs";
import autocannon from "autocannon";

const { url, rate, seconds, connections, paths } = JSON.parse(readFileSync(0, "utf8"));

/** The paths in another order for each connection, the same in each run. */
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
