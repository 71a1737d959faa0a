"""Proofs that take longer than the tests beside them; `make proof` runs them."""
