"""`cbm lsp`: what editors ask, over the Language Server Protocol; nothing is decided here."""
