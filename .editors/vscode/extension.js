// Starts `cbm lsp` for files that end in .cbm or .cbm.md, and says what to do where it cannot be started.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const [command, ...rest] = vscode.workspace.getConfiguration("cbm").get("command");
  const run = { command, args: [...rest, "lsp"] };
  client = new LanguageClient("cbm", "cbm", run, {
    documentSelector: [{ language: "cbm" }, { pattern: "**/*.cbm.md" }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/{*.cbm,*.cbm.md,cbm.toml}") },
  });
  try {
    await client.start();
  } catch {
    client = undefined;
    vscode.window.showErrorMessage(
      vscode.l10n.t(
        "“{0} lsp” could not be started. Install it with “{1}”, or say in the setting “{2}” where it is.",
        command,
        "pip install cbm-checker[lsp]",
        "cbm.command",
      ),
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("cbm.restart", async () => {
      await stop();
      await start();
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
