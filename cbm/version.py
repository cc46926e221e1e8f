"""Which version of cbm this is; the distribution takes it from here."""

VERSION = "0.1.0"
