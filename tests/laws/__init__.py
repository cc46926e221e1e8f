"""Laws: small norm systems on which two ways to an answer must agree."""
