"""What an edition adds beside the report's words: figures, terms, and what joins the years."""
