"""The grammar to tables of a parser, and the parser that reads them."""
