"""Messages to readers in their language, the catalogues that translate them, and which language is spoken."""
