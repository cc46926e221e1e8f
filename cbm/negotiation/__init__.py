"""Texts under negotiation: findings with the packages on which they hold, and what follows for those who negotiate."""
