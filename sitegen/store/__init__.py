"""What earlier builds made and proved, by the digest of all that it was made of."""
